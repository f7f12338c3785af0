package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.notification.Channels;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param zone of times in messages and of the clock of digests; null for that of the
 * machine
 * @param channels who is told; nobody if there are none
 */
public record NotificationSettings(@Nullable String zone, List<ChannelSettings> channels) {

	public NotificationSettings(@Nullable String zone, @DefaultValue List<ChannelSettings> channels) {
		this.zone = zone;
		this.channels = List.copyOf(channels);
	}

	/**
	 * @throws RefusedRequest if one of them cannot work as it is set
	 */
	Channels channels(Clock clock) {
		ZoneId here = zoneId();
		return new Channels(channels.stream().map(channel -> channel.open(here, clock)).toList(), here);
	}

	private ZoneId zoneId() {
		try {
			return (zone != null) ? ZoneId.of(zone) : ZoneId.systemDefault();
		}
		catch (DateTimeException ex) {
			throw wrong("zone", "a time zone such as Europe/Berlin, not '%s'".formatted(zone));
		}
	}

	static RefusedRequest wrong(String name, String expected) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"longhaul.notifications.%s must be %s".formatted(name, expected),
				"docs/notifications.md shows every kind of channel");
	}

}
