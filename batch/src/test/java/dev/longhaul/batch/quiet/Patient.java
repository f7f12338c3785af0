package dev.longhaul.batch.quiet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.batch.backup.VirtualTime;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.profile.QuietStep.Hold;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * An application that can be made quiet in every way, and the cluster it is in: each call
 * is noted, takes a second, and may be the one at which the calling process dies.
 */
public final class Patient implements WorkloadCluster, QuietRecords {

	static final Duration CALL = Duration.ofSeconds(1);

	public final List<String> calls = new ArrayList<>();

	public final Map<ApplicationName, Kept> records = new LinkedHashMap<>();

	final List<String> unreadable = new ArrayList<>();

	/** Failures of calls to come, by the word for the call. */
	final Map<String, List<LonghaulException>> failures = new HashMap<>();

	private final Map<String, Integer> exits = new HashMap<>();

	public boolean maintenance;

	boolean locked;

	int pods = 3;

	private final VirtualTime time;

	private int versions;

	/** Calls until the process dies; negative for never. */
	private int lifetime = -1;

	private boolean diesBeforeTheEffect;

	public Patient(VirtualTime time) {
		this.time = time;
	}

	/** The process dies at this call, before it has an effect or right after. */
	public void dieAt(int call, boolean beforeTheEffect) {
		lifetime = call;
		diesBeforeTheEffect = beforeTheEffect;
	}

	/** The next process. */
	public void live() {
		lifetime = -1;
		// What a dead process had open ends with its connection.
		locked = false;
	}

	boolean isQuiet() {
		return maintenance || locked || pods == 0;
	}

	/** Something that takes time while the application is quiet. */
	<T> T work(String name, T result) {
		return call(name, () -> result);
	}

	private <T> T call(String name, Supplier<T> effect) {
		if (lifetime == 0) {
			throw new Killed();
		}
		boolean last = lifetime == 1;
		lifetime--;
		if (last && diesBeforeTheEffect) {
			lifetime = 0;
			throw new Killed();
		}
		calls.add(name);
		time.of(CALL);
		List<LonghaulException> failing = failures.getOrDefault(name, List.of());
		if (!failing.isEmpty()) {
			throw failing.remove(0);
		}
		T result = effect.get();
		if (last) {
			lifetime = 0;
			throw new Killed();
		}
		return result;
	}

	@Override
	public CommandResult run(Place place, List<String> command, Duration timeout) {
		String word = command.get(0);
		return call(word, () -> new CommandResult(exit(word), "", ""));
	}

	/** How a command ends, also one that would be understood. */
	public void exits(String word, int code) {
		exits.put(word, code);
	}

	private int exit(String word) {
		if (exits.containsKey(word)) {
			return exits.get(word);
		}
		switch (word) {
			case "on" -> {
				requireRecorded("off");
				maintenance = true;
				return 0;
			}
			case "off" -> {
				maintenance = false;
				return 0;
			}
			case "check" -> {
				return maintenance ? 0 : 1;
			}
			default -> {
				return 0;
			}
		}
	}

	/** What would undo it has to be known before it is done. */
	private void requireRecorded(String command) {
		boolean recorded = records.values()
			.stream()
			.flatMap(kept -> kept.record().releases().stream())
			.anyMatch(release -> release.toString().contains(command));
		if (!recorded) {
			throw new AssertionError("made quiet before it was recorded: " + records);
		}
	}

	@Override
	public HeldCommand hold(Place place, List<String> command) {
		return call("hold", () -> {
			locked = true;
			return new HeldLock();
		});
	}

	@Override
	public Scale scale(Workload workload) {
		return call("look at pods", () -> new Scale(pods, pods));
	}

	@Override
	public int ready(Workload workload) {
		return call("look at pods", () -> pods);
	}

	@Override
	public boolean scale(Workload workload, int from, int to) {
		return call("scale to " + to, () -> {
			if (to == 0) {
				requireRecorded("ScaleBack");
			}
			boolean unchanged = pods == from;
			pods = unchanged ? to : pods;
			return unchanged;
		});
	}

	@Override
	public Optional<Kept> create(QuietRecord record) {
		return call("create", () -> {
			if (records.containsKey(record.application())) {
				return Optional.empty();
			}
			return Optional.of(put(record));
		});
	}

	@Override
	public Kept replace(Kept kept, QuietRecord by) {
		return call("replace", () -> {
			requireCurrent(kept);
			return put(by);
		});
	}

	@Override
	public void delete(Kept kept) {
		call("delete", () -> {
			requireCurrent(kept);
			return records.remove(kept.record().application());
		});
	}

	@Override
	public Optional<Kept> find(ApplicationName application) {
		return call("find", () -> Optional.ofNullable(records.get(application)));
	}

	@Override
	public All all() {
		return call("all", () -> new All(List.copyOf(records.values()), unreadable));
	}

	Kept put(QuietRecord record) {
		Kept kept = new Kept(record, "v" + ++versions);
		records.put(record.application(), kept);
		return kept;
	}

	private void requireCurrent(Kept kept) {
		if (!kept.equals(records.get(kept.record().application()))) {
			throw new AssertionError("somebody else has changed " + kept);
		}
	}

	/** SIGKILL: nothing of the process happens any more. */
	public static final class Killed extends Error {

		private static final long serialVersionUID = 1L;

	}

	private final class HeldLock implements HeldCommand {

		private boolean said = true;

		@Override
		public @Nullable String nextLine(Duration limit) {
			boolean answers = said && locked;
			said = false;
			return answers ? Hold.HELD : null;
		}

		@Override
		public boolean say(String line) {
			said = true;
			return locked;
		}

		@Override
		public boolean give(byte[] bytes) {
			throw new AssertionError("nothing is given to a lock");
		}

		@Override
		public String errors() {
			return "";
		}

		@Override
		public void close() {
			call("let go", () -> locked = false);
		}

	}

}
