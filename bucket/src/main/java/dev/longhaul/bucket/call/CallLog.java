package dev.longhaul.bucket.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The calls an endpoint received: all of them counted by class, the latest remembered.
 */
public final class CallLog {

	/** Calls remembered in full; a demo runs for days. */
	public static final int REMEMBERED = 10_000;

	private final Deque<Call> latest = new ArrayDeque<>();

	private final Map<CallClass, Long> counts = new EnumMap<>(CallClass.class);

	public synchronized void add(Call call) {
		if (latest.size() == REMEMBERED) {
			latest.removeFirst();
		}
		latest.addLast(call);
		counts.merge(call.operation().callClass(), 1L, Long::sum);
	}

	/** The latest calls, oldest first. */
	public synchronized List<Call> latest() {
		return List.copyOf(latest);
	}

	/** The latest calls of one operation, oldest first. */
	public List<Call> latest(Operation operation) {
		return latest().stream().filter(call -> call.operation() == operation).toList();
	}

	public synchronized long count(CallClass callClass) {
		return counts.getOrDefault(callClass, 0L);
	}

	/** Counts and remembers from nothing again. */
	public synchronized void clear() {
		latest.clear();
		counts.clear();
	}

}
