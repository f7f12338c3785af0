package dev.longhaul.scheduler.notification;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Everybody who is told.
 *
 * @param zone of the times in messages
 */
public record Channels(List<Channel> all, ZoneId zone) {

	/** Each is asked for what waits, and may be tried, every few seconds. */
	private static final int MOST = 30;

	/**
	 * @throws RefusedRequest if two have one name, or there are too many
	 */
	public Channels {
		all = List.copyOf(all);
		Set<String> names = new HashSet<>();
		for (Channel channel : all) {
			if (!names.add(channel.name())) {
				throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
						"two notification channels are named '%s'".formatted(channel.name()),
						"give each a name of its own");
			}
		}
		if (all.size() > MOST) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"there are %d notification channels, and %d at most".formatted(all.size(), MOST),
					"let one webhook pass messages on to the others");
		}
	}

	Optional<Channel> named(String name) {
		return all.stream().filter(channel -> channel.name().equals(name)).findFirst();
	}

	/**
	 * @throws RefusedRequest if a credential of a channel cannot be used
	 */
	public void check() {
		all.forEach(channel -> channel.medium().check());
	}

}
