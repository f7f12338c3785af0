package dev.longhaul.backupstore.image;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Runs programs of e2fsprogs over an image that nobody vouches for: as an ordinary user,
 * in a directory of their own, and bounded in time and in what they write.
 */
public final class Tools {

	/** Distributions put them outside of a user's PATH. */
	public static final List<Path> PLACES = Stream
		.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)), Stream.of("/sbin",
				"/usr/sbin", "/usr/local/sbin", "/opt/homebrew/opt/e2fsprogs/sbin", "/usr/local/opt/e2fsprogs/sbin"))
		.filter(place -> !place.isEmpty())
		.map(Path::of)
		.toList();

	/** What is said about a file is some lines; about one in a million pieces, more. */
	private static final long MOST_SAID = 8 << 20;

	private static final Duration LOOK = Duration.ofMillis(20);

	/** A program that was killed and still does not end hangs in the disk. */
	private static final Duration LAST = Duration.ofSeconds(10);

	private final List<Path> places;

	private final Path room;

	private final TimeLimit limit;

	private final String missing;

	/**
	 * @param places directories to look for programs in
	 * @param room where they run
	 * @param missing what to do about a program that is not installed, for a hint
	 */
	public Tools(List<Path> places, Path room, TimeLimit limit, String missing) {
		this.places = List.copyOf(places);
		this.room = room;
		this.limit = limit;
		this.missing = missing;
	}

	/**
	 * Runs a program to its end.
	 * @param input what it reads
	 * @throws dev.longhaul.core.failure.LonghaulException if it is not installed, or does
	 * not end in time, or says more than anybody could want to know
	 */
	public Said run(String program, List<String> arguments, String input) throws IOException {
		List<String> command = new ArrayList<>(List.of(locate(program)));
		command.addAll(arguments);
		Path in = Files.writeString(room.resolve("in"), input);
		Path out = room.resolve("out");
		Path err = room.resolve("err");
		ProcessBuilder builder = new ProcessBuilder(command).directory(room.toFile())
			.redirectInput(in.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile());
		builder.environment().clear();
		builder.environment().put("LC_ALL", "C");
		int status = await(builder.start(), program, List.of(out, err));
		return new Said(status, read(out), read(err));
	}

	private String locate(String program) {
		return places.stream()
			.map(place -> place.resolve(program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElseThrow(() -> impossible("the program '%s' is not installed".formatted(program), missing));
	}

	private int await(Process process, String program, List<Path> said) throws IOException {
		try {
			while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
				limit.require(program);
				requireBrief(program, said);
			}
			requireBrief(program, said);
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running " + program);
		}
		finally {
			end(process);
		}
	}

	/** Nobody may write into a room that is being removed. */
	private static void end(Process process) {
		process.destroyForcibly().onExit().completeOnTimeout(process, LAST.toSeconds(), TimeUnit.SECONDS).join();
	}

	private static void requireBrief(String program, List<Path> said) throws IOException {
		for (Path file : said) {
			if (Files.size(file) > MOST_SAID) {
				throw impossible("%s says more than %d MiB about the file system".formatted(program, MOST_SAID >> 20),
						"look at the volume with e2fsck");
			}
		}
	}

	/** Bytes as characters: names on a volume need not be text. */
	private static String read(Path file) throws IOException {
		return Files.readString(file, StandardCharsets.ISO_8859_1);
	}

	private static RefusedRequest impossible(String fact, String hint) {
		return new RefusedRequest(FailureCode.CHECK_IMPOSSIBLE, fact, hint);
	}

	/** How a program ended, and what it said. */
	public record Said(int status, String out, String err) {
	}

}
