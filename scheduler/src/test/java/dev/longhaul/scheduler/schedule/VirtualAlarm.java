package dev.longhaul.scheduler.schedule;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunOrder;
import org.jspecify.annotations.Nullable;

/**
 * An alarm whose time passes when a test says so, and the clock of that time.
 */
final class VirtualAlarm extends Clock implements Alarm {

	private final Map<String, Setting> alarms = new HashMap<>();

	private @Nullable Sleeper sleeper;

	private Instant now;

	private boolean failing;

	VirtualAlarm(Instant now) {
		this.now = now;
	}

	/** Lets time pass, and wakes at every alarm until then. */
	void passUntil(Instant end) {
		while (true) {
			Optional<Setting> next = alarms.values()
				.stream()
				.filter(alarm -> alarm.start().isBefore(end))
				.min((one, other) -> one.start().compareTo(other.start()));
			if (next.isEmpty()) {
				now = end;
				return;
			}
			wake(next.get());
		}
	}

	private void wake(Setting alarm) {
		alarms.remove(key(alarm.order()));
		now = alarm.start().isAfter(now) ? alarm.start() : now;
		Objects.requireNonNull(sleeper).wake(alarm.order());
	}

	/** Nobody is woken meanwhile, as when the machine is asleep. */
	void sleepUntil(Instant end) {
		now = end;
	}

	@Override
	public void start(Sleeper woken) {
		sleeper = woken;
	}

	/** No alarm can be kept. */
	void fail() {
		failing = true;
	}

	/** Alarms can be kept again. */
	void recover() {
		failing = false;
	}

	@Override
	public void set(RunOrder order, Instant start) {
		if (failing) {
			throw new IllegalStateException("the disk is full");
		}
		alarms.put(key(order), new Setting(order, start));
	}

	private static String key(RunOrder order) {
		return order.job() + " " + order.cause().getClass().getSimpleName().replace("CaughtUp", "ByTheClock");
	}

	@Override
	public void forgetClock(JobName job) {
		alarms.remove(job + " ByTheClock");
	}

	@Override
	public void forget(JobName job) {
		forgetClock(job);
		alarms.remove(job + " After");
	}

	@Override
	public void forgetAllBut(Set<JobName> jobs) {
		alarms.values()
			.stream()
			.map(alarm -> alarm.order().job())
			.filter(job -> !jobs.contains(job))
			.toList()
			.forEach(this::forget);
	}

	@Override
	public void takeBack(RunOrder order) {
		alarms.remove(key(order));
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("this clock is in UTC");
	}

	@Override
	public Instant instant() {
		return now;
	}

	private record Setting(RunOrder order, Instant start) {
	}

}
