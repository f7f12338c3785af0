package dev.longhaul.scheduler.notification;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * {@code longhaul.notifications}: what became of messages, by channel and outcome; and
 * {@code longhaul.notifications.waiting}: how many wait.
 */
final class Tally {

	private static final String OUTCOMES = "longhaul.notifications";

	private final MeterRegistry registry;

	private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();

	Tally(MeterRegistry registry, List<Channel> channels) {
		this.registry = registry;
		for (Channel channel : channels) {
			AtomicInteger count = waiting.computeIfAbsent(channel.name(), name -> new AtomicInteger());
			Gauge.builder("longhaul.notifications.waiting", count::get)
				.description("Messages that were not delivered yet")
				.tag("channel", channel.name())
				.register(registry);
			for (Outcome outcome : Outcome.values()) {
				add(channel, outcome, 0);
			}
		}
	}

	/** What may become of a message. */
	enum Outcome {

		/** The other side has taken it. */
		DELIVERED,

		/** The other side will never take it. */
		REFUSED,

		/** It was too old to be told, or there were too many. */
		GIVEN_UP

	}

	void count(Channel channel, Outcome outcome) {
		add(channel, outcome, 1);
	}

	/** None, too, so that there is a zero to compare with. */
	private void add(Channel channel, Outcome outcome, int messages) {
		registry.counter(OUTCOMES, "channel", channel.name(), "outcome", outcome.name().toLowerCase(Locale.ROOT))
			.increment(messages);
	}

	void waiting(Channel channel, int messages) {
		waiting.computeIfAbsent(channel.name(), name -> new AtomicInteger()).set(messages);
	}

}
