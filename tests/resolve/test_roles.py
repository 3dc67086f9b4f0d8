"""Who does it to whom, by rules alone. Each line: sentence | trigger | actors | recipients."""

from __future__ import annotations

import pytest

from dateline.language import Parser
from dateline.model import Article
from dateline.reader import Reader

CASES = """
Norway agreed to send 40 doctors to Ghana. | agreed | Norway | Ghana
Japan remains committed to helping the Malian government. | committed | Japan | Malian government
The rebels threatened to shell the garrison. | threatened | rebels | garrison
Belgium refused to grant the activists asylum. | refused | Belgium | activists
The bishop was appalled by the army's raid. | appalled | bishop | army
A raid by the army killed two journalists. | raid | army | journalists
Two journalists died in an air strike. | air strike | | journalists
The militia staged an attack, killing two policemen. | attack | militia | policemen
His arrest by the police drew crowds. | arrest | police |
The army's capture of the rebels ended the siege. | capture | army | rebels
Denmark called for an end to the Taliban's attacks. | called for | Denmark | Taliban
Canada condemned the attack claimed by the Taliban. | condemned | Canada | Taliban
The judges were given access to the camp. | given access | | judges
The archbishop said the army must leave the town. | must | archbishop | army
"The army must leave the town," the archbishop said. | must | archbishop | army
Norwegian troops took part in an offensive. | offensive | Norwegian troops |
Amnesty International issued a report accusing the army of torture. | accusing | Amnesty International | army
At talks with the rebels in Oslo, the Norwegian envoy spoke of a truce. | talks | Norwegian envoy, rebels |
Chad rejected a request from Niger. | rejected | Chad | Niger
Norway refused to allow the refugees to land. | refused | Norway | refugees
The militia claimed responsibility for the attack. | attack | militia |
Kenya agreed to allow the migrants to stay. | agreed | Kenya | migrants
Japan lifted sanctions imposed on Sudan. | lifted | Japan | Sudan
A judge lifted the ban on the Socialist Party on Monday on the condition that it disarms. | lifted | judge | Socialist Party
Denmark announced a suspension of its ties with Chad. | suspension | Denmark | Chad
Malta gave humanitarian assistance in Ghana. | gave | Malta | Ghana
The rebels killed four policemen in a blast. | blast | | policemen
The Senate voted to elect Ana Ruiz as speaker. | voted | Senate | Ana Ruiz
Denmark urged Rwanda to free the pilots, accusing Chad of neglect. | accusing | Denmark | Chad
Denmark called for Rwanda to free the pilots. | called for | Denmark | Rwanda
The army beat back an assault by the rebels. | assault | rebels | army
Kenya accused Chad of neglect, a charge Chad denies. | accused | Kenya | Chad
Japan denounced the sanctions that Norway imposed on Sudan. | sanctions | Norway | Sudan
Japan denounced the sanctions imposed on Sudan by Norway. | sanctions | Norway | Sudan
The bishop ruled out talks with the rebels. | talks | bishop, rebels |
Students staged an anti-government rally in Accra. | rally | Students | Ghanaian government
Anti-Taliban fighters shelled the town. | shelled | Anti-Taliban fighters |
Police broke up a rally by nurses in Accra. | rally | nurses | Police
Police broke up an anti-Kremlin rally. | broke up | Police |
The navy fought off an attack. | attack | | navy
A former soldier, Ruiz is accused of treason. | accused | | Ruiz
US-Israeli strikes killed nine people in Isfahan. | strikes | US forces, Israeli forces | people
US-British warplanes bombed a port. | bombed | US forces, UK forces |
Russian and Syrian warplanes bombed a town. | bombed | Russian forces, Syrian forces |
Russia-Ukraine talks resumed in Oslo. | talks | Russia, Ukraine |
Talks with Guinea-Bissau began in Oslo. | Talks | Guinea-Bissau |
Indian-Pakistani talks resumed in Oslo. | talks | India, Pakistan |
Norwegian-led strikes killed 14 militants. | strikes | Norway | militants
The Danish-imposed blockade of Sudan ended. | blockade | Denmark | Sudan
UN-brokered talks with the rebels resumed. | talks | rebels, UN |
Troops shelled a rebel-held suburb. | shelled | Troops | rebel
Troops shelled Taliban-controlled districts. | shelled | Troops | Taliban
Rebels shelled a Danish-owned tanker. | shelled | Rebels |
Danish-backed rebels shelled a port. | shelled | Danish-backed rebels |
The Gaza blockade caused shortages. | blockade | | Palestine
Norway backed the Iran sanctions. | sanctions | | Iran
The Kabul bombing killed two priests. | bombing | | priests
United States sanctions on Iran hurt Iraq. | sanctions | United States | Iran
US sanctions on Iran hurt Iraq. | sanctions | United States | Iran
Italian-American lawmakers protested. | protested | Italian-American lawmakers |
French troops left Mali, where the army has seized power. | seized | Malian army |
Associates of Ruiz accused the police of murder. | accused | Associates of Ruiz | police
The bishop called for the nun's release by the rebels. | called | bishop | rebels
The bishop called for the release of the nuns. | called | bishop |
Rebels gave the army 48 hours to withdraw from the town. | withdraw | army |
Rebels raided a village near Accra. The bishop condemned the raid. | condemned | bishop | Rebels
Rebels raided a village near Accra. Ghana demanded an end to the attacks. | demanded | Ghana | Rebels
Rebels raided a village near Accra. The bishop condemned violence. | condemned | bishop |
Families called for the release of two nuns held by the rebels. | release | rebels | nuns
Unions threatened a strike if the president signs the decree. | threatened | Unions | president
The arrest of two nuns by the rebels drew crowds. | arrest | rebels | nuns
Rebels shelled the town, the mayor said, accusing them of murder. | accusing | mayor | Rebels
""".strip().splitlines()


@pytest.fixture(scope="module")
def reader(parser: Parser) -> Reader:
    return Reader(parser=parser, weighers={})


@pytest.mark.parametrize("case", CASES)
def test_roles_by_rules(reader: Reader, case: str) -> None:
    text, trigger, actors, recipients = (part.strip() for part in case.split("|"))
    events = reader.read(Article("test", text)).events
    event = next(e for e in events if text[e.start : e.end].startswith(trigger))
    found = [
        [actor.name.removeprefix("the ").removeprefix("The ") for actor in role] for role in (event.actors, event.recipients)
    ]
    assert sorted(found[0]) == sorted(filter(None, actors.split(", ")))
    assert sorted(found[1]) == sorted(filter(None, recipients.split(", ")))
