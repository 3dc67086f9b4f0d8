/** A part of the page whose code is loaded when it is first shown. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorNote, Loading } from "./States";

export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [state, setState] = useState<{ failed?: Error; tries: number }>({ tries: 0 });
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      load().then(
        (module) => {
          loaded = module.default;
          if (!gone) setState({ tries: state.tries });
        },
        () => !gone && setState({ tries: state.tries, failed: new Error("This part of the page could not be loaded.") }),
      );
      return () => {
        gone = true;
      };
    }, [state.tries]);
    if (loaded) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    if (state.failed) return <ErrorNote error={state.failed} onRetry={() => setState({ tries: state.tries + 1 })} />;
    return <Loading />;
  };
}
