package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.SyncOrder;
import dev.longhaul.core.deploy.SyncWave;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.plan.PlannedDeployment;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.plan.StepKind;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreListener;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.RestoreRun;
import dev.longhaul.restore.sync.AutomatedSync;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan that rebuilds a whole cluster. Like a {@link RestoreRun} it may be
 * killed at any moment: what there is to do is seen in the cluster, and another run of
 * the plan goes on. Automated sync stays off until everything was brought, so that Argo
 * CD does not work against it meanwhile.
 */
public final class ClusterRebuild {

	private final RestorePlan plan;

	private final PlannedDeployment planned;

	private final Deployer deployer;

	private final RestoreRun volumes;

	private final BeginningStep beginning;

	private final AutomatedSync automated;

	private final ApplicationSync sync;

	private final RepositoryStep repository;

	private final RebuildSettings settings;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	/**
	 * @param planned of the plan
	 * @param kit that it names
	 * @param volumes the run of the plan's volumes and claims
	 */
	public ClusterRebuild(RestorePlan plan, PlannedDeployment planned, Kit kit, Deployer deployer,
			RestoreCluster cluster, RestoreRun volumes, RebuildSettings settings, RestoreJournal journal,
			RestoreListener listener, Clock clock, Pause pause) {
		this.plan = plan;
		this.planned = planned;
		this.deployer = deployer;
		this.volumes = volumes;
		this.settings = settings;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.beginning = new BeginningStep(planned, kit, deployer, cluster, settings, journal, listener, clock, pause);
		this.repository = new RepositoryStep(plan, planned, deployer);
		this.automated = new AutomatedSync(deployer.applications(), Set.copyOf(planned.parents()), settings.arrival(),
				journal, clock, pause);
		this.sync = new ApplicationSync(deployer.applications(), settings.attempts(),
				new WaitingReasons(deployer.pods(), listener, clock), journal, listener, clock, pause);
	}

	/**
	 * @throws LonghaulException if it did not come to the volumes; what happened after
	 * that is in the report
	 */
	public RebuildReport run() {
		Instant begunAt = journal.begin(plan.hash(), clock.instant());
		volumes.requireNoConflict();
		begin();
		RestoreReport restored = volumes.restore(begunAt);
		Map<String, ApplicationOutcome> outcomes = new TreeMap<>();
		try {
			bringRepository(outcomes);
			bringApplications(outcomes);
			step(StepKind.RESUME);
			automated.resumeAll();
			return report(restored, outcomes, null);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return report(restored, outcomes, ex);
		}
	}

	private RebuildReport report(RestoreReport restored, Map<String, ApplicationOutcome> outcomes,
			@Nullable LonghaulException failure) {
		volumes.tellOfTarget();
		journal.record(clock.instant(), "rebuild-ended", plan.hash());
		return new RebuildReport(restored, clock.instant(), List.copyOf(outcomes.values()), failure);
	}

	/** All that has to be there before a volume can be restored. */
	private void begin() {
		step(StepKind.ARGO_CD);
		beginning.bringArgoCd();
		step(StepKind.BOOTSTRAP);
		beginning.create();
		step(StepKind.PAUSE);
		automated.pauseAll();
		if (planned.longhorn() != null) {
			step(StepKind.LONGHORN);
			requireBrought(sync.bring(Set.of(planned.longhorn()), Goal.APPLIED, settings.arrival()), "brings Longhorn");
			beginning.awaitLonghorn();
		}
	}

	private void bringRepository(Map<String, ApplicationOutcome> outcomes) {
		if (planned.git() == null) {
			return;
		}
		step(StepKind.REPOSITORY);
		outcomes.putAll(sync.bring(Set.of(planned.git()), Goal.WELL, settings.arrival()));
		repository.restore().ifPresent(outcome -> {
			journal.record(clock.instant(), "repository", outcome.told());
			listener.noted(outcome.told());
			outcome.remarks().forEach(listener::noted);
		});
	}

	/**
	 * Parents first, because they say what else there is; what the kit brought is then
	 * declared by them, too, and synced again as Git has it. A parent is well when its
	 * children are, if Argo CD is configured so, and is waited for at the end with them.
	 */
	private void bringApplications(Map<String, ApplicationOutcome> outcomes) {
		step(StepKind.APPLICATIONS);
		Map<String, ApplicationOutcome> parents = sync.bring(planned.parents(), Goal.APPLIED, settings.arrival());
		outcomes.putAll(parents);
		automated.pauseAll();
		requireBrought(parents, "declares the others");
		List<SyncWave> waves = SyncOrder.of(children(), Set.copyOf(planned.vaults()));
		for (SyncWave wave : waves) {
			if (waves.size() > 1) {
				wave.members().forEach(member -> listener.told(member.application().name(), member.reason()));
			}
			outcomes.putAll(sync.bring(names(wave), Goal.WELL, settings.wave()));
		}
		outcomes.putAll(sync.bring(outcomes.keySet(), Goal.WELL, settings.end()));
	}

	private static List<String> names(SyncWave wave) {
		return wave.members().stream().map(member -> member.application().name()).toList();
	}

	/** Those without which nothing else can come. */
	private void requireBrought(Map<String, ApplicationOutcome> outcomes, String role) {
		for (ApplicationOutcome outcome : outcomes.values()) {
			if (outcome instanceof ApplicationOutcome.Unwell unwell) {
				throw new TransientFailure(FailureCode.TIMED_OUT,
						"Application '%s', which %s, is %s: %s".formatted(unwell.name(), role, unwell.standing(),
								unwell.why()),
						"look at it: kubectl -n %s describe applications.argoproj.io %s; another run of the same plan goes on"
							.formatted(planned.namespace(), unwell.name()));
			}
		}
	}

	private List<ArgoApplication> children() {
		return deployer.applications()
			.list()
			.orElseGet(List::of)
			.stream()
			.filter(application -> !planned.parents().contains(application.name()))
			.toList();
	}

	private void step(StepKind kind) {
		plan.steps().stream().filter(step -> step.kind() == kind).findFirst().ifPresent(step -> {
			journal.record(clock.instant(), "step", step.kind().word());
			listener.began(step);
		});
	}

}
