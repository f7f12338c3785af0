package dev.longhaul.restore.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.workload.Place;
import dev.longhaul.restore.choice.KeptBundle;
import dev.longhaul.restore.plan.PlannedRepository;
import dev.longhaul.restore.repository.GiteaPod.Home;
import dev.longhaul.restore.repository.GiteaPod.Look;
import dev.longhaul.restore.repository.GiteaPod.Replacement;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a restored Gitea serves the repository that declares the applications:
 * as it was restored if that is whole and has the recorded commit, else out of the
 * bundle. What was there stays beside it; nothing is deleted. It may be killed at any
 * moment, and the next call finishes what this one began.
 */
public final class RepositoryRestore {

	private static final int ATTEMPTS = 3;

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss'z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final WorkloadCluster cluster;

	private final BundleSource bundles;

	private final String target;

	private final Patience patience;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param target URL of the bucket, for what people are told to do
	 * @param patience with a pod that is not ready
	 */
	public RepositoryRestore(WorkloadCluster cluster, BundleSource bundles, String target, Patience patience,
			Clock clock, Pause pause) {
		this.cluster = cluster;
		this.bundles = bundles;
		this.target = target;
		this.patience = patience;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @param place the container of Gitea
	 * @throws RefusedRequest if the pod does not run, or its repository is unusable and
	 * no bundle could take its place; the hint says how to go on by hand
	 * @throws OutcomeUnknown if the connection broke while the bundle was put in place;
	 * the next call looks what became of it
	 */
	public RepositoryOutcome restore(PlannedRepository planned, Place place, RepositoryName name) {
		GiteaPod pod = new GiteaPod(cluster, place);
		Home home = patiently(planned, () -> pod.find(name));
		String root = home.root();
		if (root == null) {
			throw unusable(planned, "nobody says where Gitea keeps its repositories: " + home.by(), null);
		}
		String directory = root + "/" + name.directory();
		Look look = patiently(planned, () -> pod.look(directory, planned.revision(), home.by()));
		if (look.standing().serves()) {
			return new RepositoryOutcome.Kept(look.standing(), look.unfinished() ? pod.finish(directory) : null);
		}
		Rescue rescue = new Rescue(planned, pod, home, root, directory, look.standing());
		return (look.standing() instanceof RepositoryStanding.Older) ? rescue.improve() : rescue.replace();
	}

	/** A pod that was ready a moment ago may not be now. */
	private <T> T patiently(PlannedRepository planned, Supplier<T> look) {
		AtomicReference<@Nullable LonghaulException> trouble = new AtomicReference<>();
		Optional<T> answer = patience.await(clock, pause, "the pod of Gitea", () -> {
			try {
				return Optional.of(look.get());
			}
			catch (TransientFailure | OutcomeUnknown ex) {
				// It only looks, so what became of it is no matter.
				trouble.set(ex);
				return Optional.empty();
			}
		});
		return answer.orElseThrow(() -> {
			LonghaulException last = trouble.get();
			return unusable(planned, (last != null) ? last.fact() : "its pod does not answer", last);
		});
	}

	private RefusedRequest unusable(PlannedRepository planned, String why, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.REPOSITORY_UNUSABLE,
				"'%s' does not serve the repository: %s".formatted(planned.application(), why),
				byHand(planned.bundle()), cause);
	}

	private String byHand(@Nullable KeptBundle bundle) {
		if (bundle == null) {
			return "the bucket holds no bundle of it: push a clone of your own to Gitea, or to another Git server, then "
					+ "run 'longhaul restore run' again";
		}
		return """
				'longhaul exports fetch %s --application %s --export %s --night %s%s --to repository.bundle' brings \
				its bundle; 'git clone --mirror repository.bundle' and 'git push --mirror URL' bring it to a Git server \
				that runs; then run 'longhaul restore run' again"""
			.formatted(target, bundle.application(), bundle.export().name(), bundle.night().stamp(),
					bundle.export().isEncrypted() ? " --identity FILE" : "");
	}

	/** One repository that does not serve as it is. */
	private final class Rescue {

		private final PlannedRepository planned;

		private final GiteaPod pod;

		private final Home home;

		private final String root;

		private final String directory;

		private final RepositoryStanding before;

		Rescue(PlannedRepository planned, GiteaPod pod, Home home, String root, String directory,
				RepositoryStanding before) {
			this.planned = planned;
			this.pod = pod;
			this.home = home;
			this.root = root;
			this.directory = directory;
			this.before = before;
		}

		/** It is whole: it makes room only for what has all of it, and more. */
		RepositoryOutcome improve() {
			KeptBundle bundle = planned.bundle();
			if (bundle == null) {
				return new RepositoryOutcome.Left(before, "the bucket holds no bundle of it");
			}
			try {
				bring(bundle);
			}
			catch (DamagedData | RefusedRequest ex) {
				return new RepositoryOutcome.Left(before, ex.fact());
			}
			Replacement replacement = pod.replace(root, directory, planned.revision(), true, stamp());
			return (replacement.refusal() != null)
					? new RepositoryOutcome.Left(before, "of the bundle: " + replacement.refusal())
					: replaced(bundle, replacement);
		}

		/** Whatever the bundle holds is better than nothing. */
		RepositoryOutcome replace() {
			KeptBundle bundle = planned.bundle();
			if (bundle == null) {
				throw unusable(planned, before.told(), null);
			}
			try {
				bring(bundle);
			}
			catch (DamagedData | RefusedRequest ex) {
				throw unusable(planned, "%s; and of its bundle: %s".formatted(before.told(), ex.fact()), ex);
			}
			Replacement replacement = pod.replace(root, directory, planned.revision(), false, stamp());
			if (replacement.refusal() != null) {
				throw unusable(planned, "%s; and of its bundle: %s".formatted(before.told(), replacement.refusal()),
						null);
			}
			return replaced(bundle, replacement);
		}

		private RepositoryOutcome replaced(KeptBundle bundle, Replacement replacement) {
			String hooks = pod.finish(directory);
			RepositoryStanding after = patiently(planned,
					() -> pod.look(directory, planned.revision(), home.by()).standing());
			return new RepositoryOutcome.Replaced(before, after, bundle, replacement.aside(), hooks);
		}

		/** From the bucket into the pod, by way of a file that is gone afterwards. */
		private void bring(KeptBundle bundle) {
			try {
				Path directory = Files.createTempDirectory("longhaul-repository-");
				Path file = directory.resolve("repository.bundle");
				try {
					bundles.fetch(bundle, file);
					send(file);
				}
				finally {
					Files.deleteIfExists(file);
					Files.deleteIfExists(directory);
				}
			}
			catch (IOException ex) {
				throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
						"the bundle has no place on this machine: " + ex, "look at the disk of the temporary directory",
						ex);
			}
		}

		private void send(Path file) {
			for (int attempt = 1;; attempt++) {
				try {
					pod.send(file, directory);
					return;
				}
				catch (TransientFailure ex) {
					if (attempt == ATTEMPTS) {
						throw ex;
					}
				}
			}
		}

		private String stamp() {
			return STAMP.format(clock.instant());
		}

	}

}
