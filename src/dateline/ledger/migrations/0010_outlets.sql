-- Who publishes what stands now, and in how many voices: told on every page that is opened, from this index alone.
CREATE INDEX article_standing ON article (outlet, voice) WHERE current = 1;
