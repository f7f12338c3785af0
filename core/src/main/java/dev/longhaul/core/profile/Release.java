package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * What undoes a {@link QuietStep}, complete in itself: whoever finds it recorded can do
 * it without the profile. Doing it twice, or where nothing has to be undone, does no
 * harm.
 */
public sealed interface Release {

	/** For people: {@code maintenance mode of deployment 'cloud' in 'cloud'}. */
	String describe();

	/** For one attempt. */
	Duration timeout();

	/**
	 * @param what the step it undoes, for people
	 */
	record RunAfter(String what, Place place, List<String> command, Duration timeout) implements Release {

		public RunAfter {
			command = List.copyOf(command);
			if (command.isEmpty()) {
				throw new IllegalArgumentException("no command would release '" + what + "'");
			}
		}

		@Override
		public String describe() {
			return what + " of " + place;
		}

	}

	/**
	 * Only if the workload is still at zero: somebody may have decided otherwise since.
	 *
	 * @param pods more than zero
	 */
	record ScaleBack(Workload workload, int pods, Duration timeout) implements Release {

		public ScaleBack {
			if (pods < 1) {
				throw new IllegalArgumentException("%s has %d pods to go back to".formatted(workload, pods));
			}
		}

		@Override
		public String describe() {
			return "back to %d of %s".formatted(pods, workload);
		}

	}

}
