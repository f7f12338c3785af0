package dev.longhaul.scheduler.notification;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.longhaul.core.text.Spans;
import dev.longhaul.scheduler.notification.Outbox.Waiting;
import dev.longhaul.scheduler.notification.Tally.Outcome;

/**
 * Takes messages out of the outbox, one channel as far as it goes: what comes first comes
 * first, so that a watch never hears of a beginning after its end. Attempts are for one
 * thread.
 */
final class Deliveries {

	private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

	/** Of one channel. What is new matters most, so the oldest give way. */
	static final int MOST_WAITING = 200;

	/** Longer than any attempt: after that somebody else may make one. */
	static final Duration CLAIM = Duration.ofMinutes(2);

	private final Outbox outbox;

	private final Courier courier;

	private final Tally tally;

	private final Clock clock;

	Deliveries(Outbox outbox, Courier courier, Tally tally, Clock clock) {
		this.outbox = outbox;
		this.courier = courier;
		this.tally = tally;
		this.clock = clock;
	}

	/** Also makes room, where too much waits already. */
	void put(Channel channel, Message message) {
		for (int waiting = outbox.count(channel.name()); waiting >= MOST_WAITING; waiting--) {
			outbox.first(channel.name())
				.ifPresent(oldest -> giveUp(channel, oldest, "more than %d wait".formatted(MOST_WAITING)));
		}
		outbox.put(channel.name(), message);
		tally.waiting(channel, outbox.count(channel.name()));
	}

	/**
	 * Makes at most one attempt for the channel.
	 * @return whether there may be more to do for it at once
	 */
	boolean attempt(Channel channel) {
		Optional<Waiting> first = outbox.first(channel.name());
		boolean progress = first.isPresent() && attempt(channel, first.get());
		tally.waiting(channel, outbox.count(channel.name()));
		return progress;
	}

	private boolean attempt(Channel channel, Waiting waiting) {
		Instant now = clock.instant();
		Duration freshness = channel.medium().freshness();
		if (!now.isBefore(waiting.message().at().plus(freshness))) {
			giveUp(channel, waiting, "not delivered within " + Spans.coarse(freshness));
			return true;
		}
		if (now.isBefore(waiting.nextAttempt()) || !outbox.claim(waiting, now.plus(CLAIM))) {
			return false;
		}
		Delivery delivery = courier.deliver(channel.medium(), waiting.message());
		if (delivery instanceof Delivery.NotNow notNow) {
			postpone(channel, waiting, notNow);
			return false;
		}
		outbox.remove(waiting.message().id());
		if (delivery instanceof Delivery.Refused refused) {
			LOG.log(Level.WARNING, "channel ''{0}'' will not take ''{1}'': {2}", channel.name(),
					waiting.message().subject(), refused.reason());
			tally.count(channel, Outcome.REFUSED);
		}
		else {
			tally.count(channel, Outcome.DELIVERED);
		}
		return true;
	}

	/** Said once per message: the attempts go on for hours. */
	private void postpone(Channel channel, Waiting waiting, Delivery.NotNow notNow) {
		Duration pause = BackOff.after(waiting.attempts() + 1, notNow.pause());
		outbox.postpone(waiting.message().id(), clock.instant().plus(pause));
		LOG.log((waiting.attempts() == 0) ? Level.WARNING : Level.DEBUG,
				"channel ''{0}'' does not take ''{1}'' now, tried again in {2}: {3}", channel.name(),
				waiting.message().subject(), Spans.coarse(pause), notNow.reason());
	}

	private void giveUp(Channel channel, Waiting waiting, String why) {
		outbox.remove(waiting.message().id());
		LOG.log(Level.WARNING, "channel ''{0}'' was never told ''{1}'': {2}, after {3} attempts", channel.name(),
				waiting.message().subject(), why, waiting.attempts());
		tally.count(channel, Outcome.GIVEN_UP);
	}

}
