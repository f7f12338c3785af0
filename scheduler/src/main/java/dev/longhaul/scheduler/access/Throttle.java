package dev.longhaul.scheduler.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;

/**
 * Slows down whoever guesses: so many wrong tokens in a minute from one address, and from
 * all of them together. Whoever was right lately is not held up by what others guess.
 */
public final class Throttle {

	static final int FAILURES_PER_ADDRESS = 10;

	static final int FAILURES_IN_ALL = 200;

	/** Of addresses remembered; the one not seen for longest is forgotten first. */
	static final int MOST_ADDRESSES = 10_000;

	private static final Duration WINDOW = Duration.ofMinutes(1);

	/** One household's network; a caller can take any address of it. */
	private static final int NETWORK = 8;

	private final Clock clock;

	private final Count inAll = new Count();

	private final Map<String, Count> addresses = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
			return size() > MOST_ADDRESSES;
		}

	};

	public Throttle(Clock clock) {
		this.clock = clock;
	}

	/**
	 * @throws TransientFailure if whoever calls from there has to wait
	 */
	void require(String address) {
		wait(address).ifPresent(wait -> {
			throw new TransientFailure(FailureCode.TOO_MANY_CALLS, "too many wrong tokens came from this address",
					"wait for %d s".formatted(wait.toSeconds() + 1));
		});
	}

	/** How long the caller has to wait; empty if it may try. */
	synchronized Optional<Duration> wait(String address) {
		Instant now = clock.instant();
		Count own = addresses.get(network(address));
		if (own != null && own.failures(now) >= FAILURES_PER_ADDRESS) {
			return Optional.of(own.left(now));
		}
		boolean known = own != null && own.wasRight;
		return (!known && inAll.failures(now) >= FAILURES_IN_ALL) ? Optional.of(inAll.left(now)) : Optional.empty();
	}

	synchronized void failed(String address) {
		Instant now = clock.instant();
		inAll.add(now);
		addresses.computeIfAbsent(network(address), any -> new Count()).add(now);
	}

	/**
	 * Its earlier failures still count: one token of one's own is no licence to guess.
	 */
	synchronized void succeeded(String address) {
		addresses.computeIfAbsent(network(address), any -> new Count()).wasRight = true;
	}

	/** An address of the version 6 stands for its whole network. */
	private static String network(String address) {
		try {
			// A literal, so nobody is asked.
			InetAddress parsed = address.contains(":") ? InetAddress.getByName(address) : null;
			return (parsed instanceof Inet6Address)
					? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK)) : address;
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

	private static final class Count {

		private Instant since = Instant.EPOCH;

		private int failures;

		private boolean wasRight;

		int failures(Instant now) {
			return now.isBefore(since.plus(WINDOW)) ? failures : 0;
		}

		void add(Instant now) {
			if (failures(now) == 0) {
				since = now;
				failures = 0;
			}
			failures++;
		}

		Duration left(Instant now) {
			return Duration.between(now, since.plus(WINDOW));
		}

	}

}
