package dev.longhaul.restore.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.cluster.WorkloadCluster.Scale;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.GiteaProfile;
import dev.longhaul.core.profile.NextcloudProfile;
import dev.longhaul.core.profile.Script;
import dev.longhaul.core.profile.VaultwardenProfile;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.pod.PodAnswer;
import dev.longhaul.restore.repository.RepositoryOutcome;

/**
 * Asks restored applications how they are. It changes nothing, and each command is
 * bounded.
 */
public final class ApplicationChecks {

	private static final Script NEXTCLOUD = Script.of(ApplicationChecks.class, "nextcloud.sh");

	private static final Script VAULTWARDEN = Script.of(ApplicationChecks.class, "vaultwarden.sh");

	private static final Script GITEA = Script.of(ApplicationChecks.class, "gitea.sh");

	/** Where the official image has it, and how occ is called there. */
	private static final String NEXTCLOUD_DIRECTORY = "/var/www/html";

	private static final String OCC = "php occ";

	/** For the scripts themselves; a small machine takes its time to start PHP. */
	private static final Duration LIMIT = Duration.ofSeconds(90);

	private static final Duration TIMEOUT = LIMIT.multipliedBy(2);

	private final WorkloadCluster cluster;

	public ApplicationChecks(WorkloadCluster cluster) {
		this.cluster = cluster;
	}

	/**
	 * Checks one that should be up by now.
	 * @return at least one answer; what keeps a check from being made is its answer
	 * @throws dev.longhaul.core.failure.Interruption if the program is told to stop
	 */
	public List<CheckAnswer> check(StartedApplication application) {
		List<CheckAnswer> answers = new ArrayList<>();
		application.workloads()
			.stream()
			.sorted(Comparator.comparing(Workload::toString))
			.forEach(workload -> answers.add(pods(workload)));
		List<CheckAnswer> own = own(application);
		answers.addAll(own.isEmpty() ? List.of(unknown(application)) : own);
		return answers;
	}

	/** What became of the repository that it serves, as one of its checks. */
	public static CheckAnswer of(RepositoryOutcome outcome) {
		return GiteaHealth.repository(outcome);
	}

	private CheckAnswer pods(Workload workload) {
		String what = "pods of " + workload;
		try {
			Scale scale = cluster.scale(workload);
			int ready = cluster.ready(workload);
			if (scale.wanted() == 0) {
				return new NotChecked(what, "it is scaled to zero");
			}
			String counted = "%d of %d ready".formatted(ready, scale.wanted());
			return (ready >= scale.wanted()) ? new Passed(what, counted)
					: new Failed(what, counted, "look at them: kubectl -n %s describe %s %s"
						.formatted(workload.namespace(), workload.kind().word(), workload.name()));
		}
		catch (TransientFailure | OutcomeUnknown | RefusedRequest ex) {
			return new NotChecked(what, ex.fact());
		}
	}

	private List<CheckAnswer> own(StartedApplication application) {
		if (application.profile() instanceof NextcloudProfile nextcloud) {
			return nextcloud(nextcloud.place(), nextcloud.directory(), nextcloud.occ());
		}
		if (application.profile() instanceof VaultwardenProfile vaultwarden) {
			return vaultwarden(vaultwarden.place());
		}
		if (application.profile() instanceof GiteaProfile gitea) {
			return gitea(new Place(gitea.gitea(), null));
		}
		return application.mounts().stream().map(this::own).flatMap(List::stream).toList();
	}

	private List<CheckAnswer> own(Mount mount) {
		Optional<Software> software = Software.of(mount);
		if (software.isEmpty()) {
			return List.of();
		}
		return switch (software.get()) {
			case NEXTCLOUD -> nextcloud(mount.place(), NEXTCLOUD_DIRECTORY, OCC);
			case VAULTWARDEN -> vaultwarden(mount.place());
			case GITEA -> gitea(mount.place());
		};
	}

	private static CheckAnswer unknown(StartedApplication application) {
		String images = application.mounts()
			.stream()
			.map(Mount::image)
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
		return new NotChecked("what '%s' holds".formatted(application.name()),
				images.isEmpty() ? "nothing mounts its claims"
						: "no check is known for %s; look at it yourself".formatted(PodAnswer.words(images)));
	}

	private List<CheckAnswer> nextcloud(Place place, String directory, String occ) {
		return asked(place, NEXTCLOUD.command(directory, occ, seconds()), List.of(NextcloudStatus.WHAT),
				answer -> List.of(NextcloudStatus.judge(answer, place)));
	}

	private List<CheckAnswer> vaultwarden(Place place) {
		return asked(place, VAULTWARDEN.command(seconds()), List.of(VaultwardenState.ALIVE, VaultwardenState.DATABASE),
				answer -> List.of(VaultwardenState.alive(answer), VaultwardenState.database(answer)));
	}

	private List<CheckAnswer> gitea(Place place) {
		return asked(place, GITEA.command(seconds()), List.of(GiteaHealth.WHAT),
				answer -> List.of(GiteaHealth.judge(answer)));
	}

	/**
	 * @param whats what cannot be checked if the command cannot be run
	 */
	private List<CheckAnswer> asked(Place place, List<String> command, List<String> whats,
			Function<PodAnswer, List<CheckAnswer>> judge) {
		try {
			CommandResult result = cluster.run(place, command, TIMEOUT);
			if (result.exitCode() != 0) {
				return notChecked(whats, "a command in %s ended with %d: %s".formatted(place, result.exitCode(),
						PodAnswer.words(result.errors())));
			}
			return judge.apply(PodAnswer.of(result.output()));
		}
		catch (TransientFailure | OutcomeUnknown | RefusedRequest ex) {
			return notChecked(whats, ex.fact());
		}
	}

	private static List<CheckAnswer> notChecked(List<String> whats, String reason) {
		return whats.stream().<CheckAnswer>map(what -> new NotChecked(what, reason)).toList();
	}

	private static String seconds() {
		return Long.toString(LIMIT.toSeconds());
	}

}
