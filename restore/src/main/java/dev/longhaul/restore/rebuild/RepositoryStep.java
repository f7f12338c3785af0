package dev.longhaul.restore.rebuild;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.deploy.ApplicationSource;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedDeployment;
import dev.longhaul.restore.plan.PlannedRepository;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.repository.RepositoryName;
import dev.longhaul.restore.repository.RepositoryOutcome;

/**
 * Finds the pod that serves the repository, and makes sure that it does.
 */
final class RepositoryStep {

	/** Its database has a volume, too. */
	private static final Pattern GITEA = Pattern.compile("(^|/)(gitea|forgejo)(?![a-z])");

	private final RestorePlan plan;

	private final PlannedDeployment planned;

	private final Deployer deployer;

	RepositoryStep(RestorePlan plan, PlannedDeployment planned, Deployer deployer) {
		this.plan = plan;
		this.planned = planned;
		this.deployer = deployer;
	}

	/**
	 * @return empty if no Application of the kit reads from a repository, or nothing of
	 * what is restored serves one
	 * @throws RefusedRequest if nothing that is deployed uses its volumes, or it cannot
	 * serve
	 */
	Optional<RepositoryOutcome> restore() {
		PlannedRepository repository = plan.repository();
		if (repository == null) {
			return Optional.empty();
		}
		return name().map(name -> deployer.repositories().restore(repository, place(repository), name));
	}

	/** Of what the parents are read from. */
	private Optional<RepositoryName> name() {
		return deployer.applications()
			.list()
			.orElseGet(List::of)
			.stream()
			.filter(application -> planned.parents().contains(application.name()))
			.flatMap(application -> application.sources().stream())
			.filter(ApplicationSource::isInGit)
			.map(source -> RepositoryName.of(source.repository()))
			.findFirst();
	}

	private Place place(PlannedRepository repository) {
		Set<ClaimRef> claims = plan.volumes()
			.stream()
			.filter(volume -> volume.application().equals(repository.application()))
			.map(PlannedVolume::claim)
			.filter(Objects::nonNull)
			.map(PlannedClaim::ref)
			.collect(Collectors.toSet());
		return claims.stream()
			.map(ClaimRef::namespace)
			.distinct()
			.flatMap(namespace -> deployer.claims().deployedClaims(namespace).stream())
			.filter(claim -> claims.contains(claim.ref()))
			.flatMap(claim -> claim.mounts().stream())
			.min(Comparator.comparing((Mount mount) -> !GITEA.matcher(mount.image()).find()))
			.map(Mount::place)
			.orElseThrow(() -> new RefusedRequest(FailureCode.REPOSITORY_UNUSABLE,
					"nothing that is deployed uses the volumes of '%s'".formatted(repository.application()),
					"look at Application '%s': its claims should be %s".formatted(planned.git(), claims)));
	}

}
