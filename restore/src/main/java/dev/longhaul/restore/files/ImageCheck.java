package dev.longhaul.restore.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.image.TimeLimit;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.files.VolumeOutcome.State;

/**
 * Has the file system of an image looked at by the programs that belong to it.
 * <p>
 * A snapshot of a volume in use is as a disk after a power failure: what was written last
 * may be in the journal only, and files that were open without a name stand in a list. A
 * mount sees to both before anybody reads, so e2fsck is told to do just that
 * ({@code -E journal_only} does both, and repairs nothing). It may: the image is a copy,
 * the bucket is never written. Only then {@code e2fsck -n -f} looks at everything, and
 * what it finds is damage and not the trace of a running system.
 */
final class ImageCheck {

	/** A terabyte on a slow disk takes some hours. */
	private static final Duration LIMIT = Duration.ofHours(6);

	private static final int LINES = 20;

	private static final int LONGEST_LINE = 200;

	/** From here on e2fsck speaks of itself and not of the file system. */
	private static final int NOT_RUN = 16;

	private static final String HINT = "look at the image by hand; --keep-images keeps it";

	private final List<Path> places;

	private final Path room;

	private final Clock clock;

	/**
	 * @param places to look for programs in
	 * @param room where the image is
	 */
	ImageCheck(List<Path> places, Path room, Clock clock) {
		this.places = places;
		this.room = room;
		this.clock = clock;
	}

	/**
	 * @param findings nothing for one that is sound
	 */
	record Result(State state, List<String> findings) {
	}

	/**
	 * @throws RefusedRequest if there is no e2fsck, without which no ext4 is taken
	 */
	void requireE2fsck() {
		if (places.stream().noneMatch(place -> Files.isExecutable(place.resolve("e2fsck")))) {
			throw new RefusedRequest(FailureCode.CHECK_IMPOSSIBLE,
					"the program 'e2fsck' is not installed, and a file system of a running volume is not right before "
							+ "it has replayed its journal",
					"install e2fsprogs (apt install e2fsprogs, dnf install e2fsprogs, brew install e2fsprogs); longhaul "
							+ "export gives an image without it");
		}
	}

	/** Of ext2, ext3 or ext4; the image changes as it would by a mount. */
	Result ext4(String image) throws IOException {
		List<String> findings = new ArrayList<>();
		try {
			Tools.Said replay = tools().run("e2fsck", List.of("-p", "-E", "journal_only", image), "");
			// 1 says that something was replayed.
			if (replay.status() > 1) {
				findings.add("its journal cannot be replayed; what was written last may be missing");
				findings.addAll(told(replay, image));
			}
			Tools.Said check = tools().run("e2fsck", List.of("-n", "-f", image), "");
			if (check.status() == 0 && findings.isEmpty()) {
				return new Result(State.SOUND, List.of());
			}
			findings.addAll((check.status() == 0) ? List.of() : told(check, image));
			return new Result((check.status() < NOT_RUN) ? State.DAMAGED : State.UNCHECKED, findings);
		}
		catch (LonghaulException ex) {
			findings.add(reason(ex));
			return new Result((findings.size() > 1) ? State.DAMAGED : State.UNCHECKED, findings);
		}
	}

	/**
	 * Of xfs, without its log, which only a kernel replays: what looks wrong may be right
	 * in it.
	 */
	Result xfs(String image) throws IOException {
		try {
			Tools.Said check = tools().run("xfs_repair", List.of("-n", "-f", image), "");
			if (check.status() == 0) {
				return new Result(State.SOUND, List.of());
			}
			List<String> findings = new ArrayList<>(
					List.of("xfs_repair finds something without its log, which a mount would replay first"));
			findings.addAll(told(check, image));
			return new Result(State.UNCHECKED, findings);
		}
		catch (LonghaulException ex) {
			return new Result(State.UNCHECKED, List.of(reason(ex)));
		}
	}

	/** Only what says that a look was impossible is an answer. */
	private static String reason(LonghaulException failure) {
		if (failure.code() != FailureCode.CHECK_IMPOSSIBLE && failure.code() != FailureCode.TIMED_OUT) {
			throw failure;
		}
		return failure.fact();
	}

	/** Puts what was written onto the disk, before its name says that it is there. */
	void sync() throws IOException {
		try {
			tools().run("sync", List.of(), "");
		}
		catch (LonghaulException ex) {
			reason(ex);
		}
	}

	private Tools tools() {
		return new Tools(places, room, TimeLimit.of(LIMIT, clock, HINT), HINT);
	}

	/** The lines in which something is found. */
	private static List<String> told(Tools.Said said, String image) {
		List<String> lines = (said.err() + "\n" + said.out()).lines()
			.map(line -> Printable.of(line.strip()))
			.filter(line -> !line.isEmpty() && !line.startsWith("e2fsck 1.") && !line.startsWith("Pass ")
					&& !line.startsWith("Phase "))
			.map(line -> line.replace(image + ": ", ""))
			.map(line -> (line.length() > LONGEST_LINE) ? line.substring(0, LONGEST_LINE) + "…" : line)
			.toList();
		if (lines.size() <= LINES) {
			return lines;
		}
		List<String> first = new ArrayList<>(lines.subList(0, LINES));
		first.add("and %d lines more".formatted(lines.size() - LINES));
		return first;
	}

}
