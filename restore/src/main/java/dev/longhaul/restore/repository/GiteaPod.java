package dev.longhaul.restore.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.Script;
import dev.longhaul.core.workload.Place;
import dev.longhaul.restore.pod.PodAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A repository in the pod of the Gitea that serves it: what is found out about it there,
 * and what is done to it. Each command is bounded.
 */
final class GiteaPod {

	private static final Script FIND = Script.of(GiteaPod.class, "find.sh");

	private static final Script LOOK = Script.of(GiteaPod.class, "look.sh");

	private static final Script RECEIVE = Script.of(GiteaPod.class, "receive.sh");

	private static final Script REPLACE = Script.of(GiteaPod.class, "replace.sh");

	private static final Script FINISH = Script.of(GiteaPod.class, "finish.sh");

	private static final String LOOKED = "looked at GITEA__repository__ROOT, app.ini and the defaults of Gitea's images";

	/** Of an absolute path that goes nowhere but down. */
	private static final Pattern DIRECTORY = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\p{Cntrl}]+)+");

	private static final Duration SHORT = Duration.ofSeconds(30);

	/** Of one of Git's own commands. A GitOps repository takes seconds. */
	private static final Duration GIT = Duration.ofMinutes(5);

	/** What {@code timeout} says of a command that it ended, by its kinds. */
	private static final List<String> TIMED_OUT = List.of("124", "137", "143");

	private final WorkloadCluster cluster;

	private final Place place;

	GiteaPod(WorkloadCluster cluster, Place place) {
		this.cluster = cluster;
		this.place = place;
	}

	/**
	 * Where repositories lie, and who says so.
	 *
	 * @param root absolute; null if nobody says
	 */
	record Home(@Nullable String root, String by) {
	}

	/**
	 * @param standing of the repository
	 * @param unfinished whether a bundle was put in its place and the last steps of that
	 * are still to be done
	 */
	record Look(RepositoryStanding standing, boolean unfinished) {
	}

	/**
	 * @param refusal why the bundle was not put there; null if it was
	 * @param aside where the one that was there is now; null if there was none
	 */
	record Replacement(@Nullable String refusal, @Nullable String aside) {
	}

	Home find(RepositoryName name) {
		PodAnswer answer = run(FIND.command(name.directory()), SHORT);
		String by = answer.find("by").orElse(LOOKED);
		return new Home(answer.find("root").filter(root -> DIRECTORY.matcher(root).matches()).orElse(null), by);
	}

	/**
	 * @param recorded the commit to compare it with; null if there is none
	 */
	Look look(String directory, @Nullable String recorded, String by) {
		PodAnswer answer = run(
				LOOK.command(directory, (recorded != null) ? recorded : "", seconds(), bundle(directory)),
				GIT.plus(SHORT));
		boolean unfinished = answer.find("unfinished").isPresent();
		return new Look(standing(answer, recorded, "no %s (%s)".formatted(directory, by)), unfinished);
	}

	/** Pure: what the answer of {@code look.sh} means. */
	static RepositoryStanding standing(PodAnswer answer, @Nullable String recorded, String absence) {
		if (answer.find("there").filter("no"::equals).isPresent()) {
			return new RepositoryStanding.Absent(absence);
		}
		String fsck = answer.find("fsck").orElseThrow(GiteaPod::unclear);
		if (TIMED_OUT.contains(fsck)) {
			throw new RefusedRequest(FailureCode.TIMED_OUT,
					"git fsck of the repository did not end within %d min".formatted(GIT.toMinutes()),
					"run it by hand in the pod, and look what slows it");
		}
		if (!fsck.equals("0")) {
			return new RepositoryStanding.Damaged(answer.all("said").stream().map(PodAnswer::words).toList());
		}
		String head = answer.find("head").orElse("");
		if (recorded == null) {
			return head.isEmpty() ? new RepositoryStanding.Damaged(List.of("its HEAD names no commit"))
					: new RepositoryStanding.Sound(head);
		}
		return switch (answer.find("recorded").orElseThrow(GiteaPod::unclear)) {
			case "held" -> held(answer, head, recorded);
			case "behind" -> new RepositoryStanding.Older(head, recorded, true);
			case "missing" -> new RepositoryStanding.Older(head, recorded, false);
			default -> throw unclear();
		};
	}

	private static RepositoryStanding held(PodAnswer answer, String head, String recorded) {
		String ahead = answer.find("ahead").filter(text -> text.matches("[0-9]{1,12}")).orElseThrow(GiteaPod::unclear);
		return ahead.equals("0") ? new RepositoryStanding.Same(recorded)
				: new RepositoryStanding.Newer(head, recorded, Long.parseLong(ahead));
	}

	private static RefusedRequest unclear() {
		return new RefusedRequest(FailureCode.CLUSTER_REFUSED, "the pod does not answer as Git and a shell do",
				"look at what its image has in the place of sh, sed and git");
	}

	/**
	 * Sends a bundle to where {@link #replace} finds it.
	 * @throws TransientFailure if it did not arrive; what came is overwritten by the next
	 * one
	 */
	void send(Path file, String directory) {
		try (InputStream content = Files.newInputStream(file);
				HeldCommand taking = cluster.hold(place, RECEIVE.command(bundle(directory),
						Long.toString(Files.size(file)), Integer.toString(HeldCommand.MOST_BYTES)))) {
			long sent = 0;
			for (byte[] piece = next(content); piece.length > 0; piece = next(content)) {
				sent += piece.length;
				if (!taking.give(piece) || !("longhaul: taken " + sent).equals(taking.nextLine(SHORT))) {
					throw notTaken(sent, taking.errors());
				}
			}
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "the fetched bundle cannot be read: " + ex,
					"look at the disk of the temporary directory", ex);
		}
	}

	private static byte[] next(InputStream content) throws IOException {
		return content.readNBytes(HeldCommand.MOST_BYTES);
	}

	private TransientFailure notTaken(long sent, String said) {
		return new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
				"%s did not take byte %d of the bundle: %s".formatted(place, sent,
						said.isEmpty() ? "it did not say why" : PodAnswer.words(said)),
				"look at the pod, and at the room on its volume; what came is overwritten the next time");
	}

	/**
	 * Puts the bundle that was sent in the place of the repository. Whoever finds it done
	 * by halves does it again.
	 * @param stamp for the name of what was there
	 * @param all whether it may not lack anything that the repository has
	 */
	Replacement replace(String root, String directory, @Nullable String recorded, boolean all, String stamp) {
		String aside = "%s.longhaul-replaced-%s".formatted(directory, stamp);
		PodAnswer answer = run(
				REPLACE.command(directory, bundle(directory), directory + ".longhaul-new", aside,
						(recorded != null) ? recorded : "", all ? "all" : "", root, seconds()),
				GIT.multipliedBy(2).plus(GIT));
		String refusal = answer.find("refused").map(PodAnswer::words).orElse(null);
		if (refusal == null && answer.find("replaced").isEmpty()) {
			throw unclear();
		}
		return new Replacement(refusal, (refusal == null) ? answer.find("aside").orElse(null) : null);
	}

	/**
	 * Has Gitea write its hooks, and clears the bundle away.
	 * @return what became of the hooks, for people
	 */
	String finish(String directory) {
		Optional<String> hooks = run(FINISH.command(bundle(directory), seconds()), GIT.plus(SHORT)).find("hooks");
		String byHand = "run 'gitea admin regenerate hooks' in the pod, or pushes are not noticed by Gitea";
		return switch (hooks.orElseThrow(GiteaPod::unclear)) {
			case "written" -> "Gitea has written its hooks anew";
			case "none" -> "the container has no program gitea to write its hooks: " + byHand;
			default -> "Gitea did not write its hooks (%s): %s".formatted(PodAnswer.words(hooks.get()), byHand);
		};
	}

	private PodAnswer run(List<String> command, Duration timeout) {
		CommandResult result = cluster.run(place, command, timeout);
		if (result.exitCode() != 0) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"a command in %s ended with %d: %s".formatted(place, result.exitCode(),
							PodAnswer.words(result.errors())),
					"the container needs sh, awk, sed and git, as Gitea's images have them");
		}
		return PodAnswer.of(result.output());
	}

	private static String bundle(String directory) {
		return directory + ".longhaul-bundle";
	}

	private static String seconds() {
		return Long.toString(GIT.toSeconds());
	}

}
