package dev.longhaul.scheduler.live;

import java.util.List;

import dev.longhaul.scheduler.run.RunEvent;

/**
 * What one listener is told of a run. Called by one thread at a time.
 */
public interface Story {

	/** What is told of an event, at once. */
	List<Message> on(RunEvent event);

	/** What is told every second, for whatever changes faster than anybody looks. */
	default List<Message> meanwhile() {
		return List.of();
	}

}
