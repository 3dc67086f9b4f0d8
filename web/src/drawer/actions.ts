/**
 * What a person does to the ledger, and the way back from it.
 *
 * Nothing is shown as done before the server says so, and nothing that was typed is lost where it refuses.
 */
import { signal } from "@preact/signals";

import { askAnew, post, Refused, type Schema } from "../api";
import { complain, say } from "../components/Notices";
import { ask, query } from "../route";
import { type Deed, standing } from "./deeds";

/** Whether a write is on its way. */
export const writing = signal(false);
/** What was written on this page and can be taken back, the last one at the end. */
export const deeds = signal<readonly Deed[]>([]);

const KEPT = 50;

/**
 * Write, and say what came of it.
 *
 * @param done what the reader is told when it is done.
 * @param work the write.
 * @param refused where given it is told what the server refused; else a notice says so.
 * @returns the answer, or null where it was refused or another write is on its way.
 */
export async function write(
  done: string,
  work: () => Promise<Schema["Done"]>,
  refused?: (failure: Refused) => void,
): Promise<Schema["Done"] | null> {
  if (isBusy()) return null;
  writing.value = true;
  try {
    const answer = await work();
    const deed = { text: done, undo: answer.undo, about: answer.corrections[0]?.target ?? null };
    const back = answer.undo.corrections.length + answer.undo.decisions.length > 0;
    if (back) deeds.value = [...deeds.value, deed].slice(-KEPT);
    say(done, back ? { undo: () => void takeBack(deed) } : {});
    askAnew(() => follow(answer));
    return answer;
  } catch (failure) {
    if (refused && failure instanceof Refused) refused(failure);
    else complain(failure);
    return null;
  } finally {
    writing.value = false;
  }
}

/** Whether a write is on its way; whoever does something meanwhile is told so, since keys do not grow grey. */
function isBusy(): boolean {
  if (writing.value) say("The last change is still being written. Try again in a moment.");
  return writing.value;
}

/** Take back what a deed did; by default the last one on this page. The deed, or null where it failed or there is nothing. */
export async function takeBack(deed: Deed | undefined = deeds.value.at(-1)): Promise<Deed | null> {
  if (isBusy()) return null;
  if (!deed) {
    say("There is nothing to take back: nothing was changed on this page yet.");
    return null;
  }
  return (await undo(deed.undo, `Taken back: ${deed.text.charAt(0).toLowerCase()}${deed.text.slice(1)}`)) && deed;
}

/** Take corrections and decisions back, whoever made them. */
export async function undo(what: Schema["Undo"], done = "Taken back."): Promise<Schema["Done"] | null> {
  if (isBusy()) return null;
  writing.value = true;
  try {
    const answer = await post("/api/undo", { corrections: what.corrections, decisions: what.decisions });
    deeds.value = standing(deeds.value, what);
    say(done);
    askAnew(() => follow(answer));
    return answer;
  } catch (failure) {
    complain(failure);
    return null;
  } finally {
    writing.value = false;
  }
}

/** Where the open incident is another one now (after a split, a join, an undo), show that one. */
function follow(answer: Schema["Done"]): void {
  const open = query.value.get("incident");
  const [first] = answer.incidents;
  if (open && first && !answer.incidents.includes(open)) ask({ incident: first }, { replace: true });
}
