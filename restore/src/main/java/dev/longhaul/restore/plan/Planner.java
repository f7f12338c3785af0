package dev.longhaul.restore.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.AccessMode;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.Chosen;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.FormerClaim;
import dev.longhaul.restore.choice.Origin;
import dev.longhaul.restore.choice.RecordedRepository;
import dev.longhaul.restore.choice.RestorableVolume;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of what was chosen. Pure: the same choice leads to the same plan.
 */
public final class Planner {

	private final String target;

	private final Placement placement;

	private final int megabits;

	private final @Nullable Beginning beginning;

	/**
	 * @param target URL of the bucket
	 * @param megabits per second that a download is assumed to have, at least 1
	 * @param beginning of a whole cluster; null if only volumes and claims come back
	 */
	public Planner(String target, Placement placement, int megabits, @Nullable Beginning beginning) {
		if (megabits < 1) {
			throw new IllegalArgumentException("no download has %d Mbit/s".formatted(megabits));
		}
		this.target = target;
		this.placement = placement;
		this.megabits = megabits;
		this.beginning = beginning;
	}

	/**
	 * @throws RefusedRequest if two volumes would get the same claim
	 */
	public RestorePlan plan(Chosen chosen) {
		List<ChosenPoint> ordered = chosen.points()
			.stream()
			.sorted(Comparator.comparing(Wave::of).thenComparing(ChosenPoint::application))
			.toList();
		Map<ChosenPoint, List<PlannedVolume>> volumes = new LinkedHashMap<>();
		ordered.forEach(point -> volumes.put(point, volumes(point)));
		List<PlannedVolume> all = volumes.values().stream().flatMap(List::stream).toList();
		requireOwnClaims(all);
		List<Absence> missing = new ArrayList<>(chosen.missing());
		all.stream().filter(volume -> volume.claim() == null).map(Planner::unclaimed).forEach(missing::add);
		PlannedRepository repository = repository(ordered, chosen.repository());
		PlannedDeployment deployment = deployment(repository, volumes);
		return new RestorePlan(target, all, steps(volumes, all, repository, deployment), repository, deployment,
				remarks(ordered), missing, chosen.leftOut(), Cost.of(all, megabits));
	}

	private @Nullable PlannedDeployment deployment(@Nullable PlannedRepository repository,
			Map<ChosenPoint, List<PlannedVolume>> volumes) {
		if (beginning == null) {
			return null;
		}
		String git = (repository == null) ? null : namespaces(volumes, Wave.GIT).findFirst().orElse(null);
		return new DeploymentPlan(beginning, git, namespaces(volumes, Wave.SECRETS).toList()).plan().orElse(null);
	}

	private static Stream<String> namespaces(Map<ChosenPoint, List<PlannedVolume>> volumes, Wave wave) {
		return volumes.entrySet()
			.stream()
			.filter(entry -> Wave.of(entry.getKey()) == wave)
			.flatMap(entry -> entry.getValue().stream())
			.flatMap(volume -> Stream.ofNullable(volume.claim()))
			.map(claim -> claim.ref().namespace())
			.distinct();
	}

	/**
	 * Beside the volumes it had, a Git server is restored for somebody to look at: it
	 * serves nobody.
	 */
	private @Nullable PlannedRepository repository(List<ChosenPoint> ordered, RecordedRepository known) {
		return ordered.stream()
			.filter(point -> Wave.of(point) == Wave.GIT && point.volumes().stream().allMatch(this::staysInPlace))
			.findFirst()
			.map(point -> new PlannedRepository(point.application(), commit(known.revision(point)),
					known.newestBundle().orElse(null)))
			.orElse(null);
	}

	private boolean staysInPlace(RestorableVolume volume) {
		FormerClaim claim = volume.claim();
		return claim == null || placement.leaves(claim.ref());
	}

	private static @Nullable String commit(@Nullable String recorded) {
		return (recorded != null && PlannedRepository.isCommit(recorded)) ? recorded : null;
	}

	/** In one namespace there may be several of a name that each namespace had. */
	private static void requireOwnClaims(List<PlannedVolume> all) {
		Map<ClaimRef, PlannedVolume> holders = new HashMap<>();
		for (PlannedVolume volume : all) {
			PlannedClaim claim = volume.claim();
			PlannedVolume other = (claim != null) ? holders.putIfAbsent(claim.ref(), volume) : null;
			if (claim != null && other != null) {
				throw new RefusedRequest(FailureCode.INVALID_USAGE,
						"volumes '%s' and '%s' would both get claim %s".formatted(other.source(), volume.source(),
								claim.ref()),
						"give one of them another name with --rename, or restore one --application at a time");
			}
		}
	}

	private static Absence unclaimed(PlannedVolume volume) {
		return new Absence("claim of volume '%s'".formatted(volume.name()),
				"nobody recorded which it was; the volume alone is restored");
	}

	private List<PlannedVolume> volumes(ChosenPoint point) {
		return point.volumes()
			.stream()
			.map(volume -> volume(point, volume))
			.sorted(Comparator.comparing(PlannedVolume::name))
			.toList();
	}

	private PlannedVolume volume(ChosenPoint point, RestorableVolume volume) {
		FormerClaim former = volume.claim();
		VolumeName name = placement.of(volume.volume(), volume.backup(), (former != null) ? former.ref() : null);
		PlannedClaim claim = (former != null)
				? new ClaimObjectsPlan(volume, former, name, placement.of(former.ref()), placement.thrownAway())
					.plan(placement.replacing())
				: null;
		return new PlannedVolume(point.application(), name, volume.volume(), volume.backup(), volume.dataAt(),
				Proven.of(point.proof()), volume.size(), volume.sizeThen(), volume.written(), volume.blocks(),
				placement.thrownAway() ? 1 : volume.replicas(), volume.dataEngine(), accessMode(former),
				volume.encrypted(), claim);
	}

	/** A claim that may be mounted in several ways needs a volume that can be shared. */
	private static String accessMode(@Nullable FormerClaim claim) {
		return (claim == null) ? AccessMode.READ_WRITE_ONCE.longhorn()
				: claim.accessModes()
					.stream()
					.flatMap(mode -> AccessMode.of(mode).stream())
					.max(Comparator.comparing(mode -> mode == AccessMode.READ_WRITE_MANY))
					.orElse(AccessMode.READ_WRITE_ONCE)
					.longhorn();
	}

	private static List<PlannedStep> steps(Map<ChosenPoint, List<PlannedVolume>> volumes, List<PlannedVolume> all,
			@Nullable PlannedRepository repository, @Nullable PlannedDeployment deployment) {
		List<PlannedStep> steps = new ArrayList<>();
		steps.add(new PlannedStep(StepKind.PREFLIGHT, "", "cluster, Longhorn, room, and what is there already",
				"nothing is begun that could not end"));
		if (deployment != null) {
			steps.addAll(DeploymentPlan.before(deployment));
		}
		steps.add(new PlannedStep(StepKind.BACKUP_TARGET, "", "Longhorn lists the backups of the bucket",
				"it restores only what it has listed"));
		names(all, claim -> claim.ref().namespace())
			.ifPresent(names -> steps.add(new PlannedStep(StepKind.NAMESPACES, "", names, "claims are made in them")));
		names(all, claim -> (claim.storageClassObject() != null) ? claim.storageClass() : "").ifPresent(names -> steps
			.add(new PlannedStep(StepKind.STORAGE_CLASSES, "", names, "claims name them; those that are there stay")));
		volumes.forEach((point,
				planned) -> steps.add(new PlannedStep(StepKind.VOLUMES, point.application().value(),
						planned.stream().map(Planner::told).collect(Collectors.joining(", ")),
						"%s; %s".formatted(reason(point), Wave.of(point).reason()))));
		volumes.forEach((point, planned) -> claims(point.application(), planned).ifPresent(steps::add));
		steps.add(new PlannedStep(StepKind.CHECK, "", "each volume is restored in full, each claim bound to its own",
				"what Longhorn says is compared with the plan"));
		if (deployment != null) {
			steps.addAll(DeploymentPlan.after(deployment, repository));
		}
		return steps;
	}

	private static Optional<PlannedStep> claims(ApplicationName application, List<PlannedVolume> planned) {
		String claims = planned.stream()
			.map(PlannedVolume::claim)
			.filter(Objects::nonNull)
			.map(claim -> claim.ref().toString())
			.collect(Collectors.joining(", "));
		boolean replaces = planned.stream().anyMatch(volume -> volume.claim() != null && volume.claim().replaces());
		return claims.isEmpty() ? Optional.empty() : Optional
			.of(new PlannedStep(StepKind.CLAIMS, application.value(), claims, replaces
					? "in the place of those that are there: what uses them is stopped meanwhile, and their volumes stay"
					: "with the labels, class and modes they had"));
	}

	private static Optional<String> names(List<PlannedVolume> all, Function<PlannedClaim, String> name) {
		TreeSet<String> names = all.stream()
			.map(PlannedVolume::claim)
			.filter(Objects::nonNull)
			.map(name)
			.filter(text -> !text.isEmpty())
			.collect(Collectors.toCollection(TreeSet::new));
		return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
	}

	private static String told(PlannedVolume volume) {
		String where = (volume.claim() != null) ? volume.claim().ref().toString() : volume.name().value();
		return where + " " + volume.sizes();
	}

	private static String reason(ChosenPoint point) {
		return (point.origin() instanceof Origin.Recorded recorded)
				? "%s, %s".formatted(recorded.night(), point.reason()) : point.reason();
	}

	private static List<String> remarks(List<ChosenPoint> points) {
		List<String> remarks = new ArrayList<>();
		for (ChosenPoint point : points) {
			if (point.origin() instanceof Origin.LonghornAlone) {
				remarks.add("nobody ever read back what there is of '%s'; 'longhaul verify' does, before it is needed"
					.formatted(point.application()));
			}
			point.passedOver()
				.forEach(over -> remarks.add("'%s' has a newer restore point, of %s, which is not taken: %s"
					.formatted(point.application(), over.takenAt(), over.why())));
		}
		return remarks;
	}

}
