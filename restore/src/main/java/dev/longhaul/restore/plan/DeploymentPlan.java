package dev.longhaul.restore.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.restore.bootstrap.BeginningKind;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.bootstrap.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Tells the Applications of a kit apart by what they bring. Pure.
 */
final class DeploymentPlan {

	/** Where Argo CD looks for Applications if nobody says anything else. */
	private static final String ARGO = "argocd";

	private final Beginning beginning;

	private final @Nullable String gitNamespace;

	private final List<String> vaults;

	/**
	 * @param gitNamespace of the claims of what serves the repository; null if that is
	 * none of what is restored
	 * @param vaults namespaces of the claims of what keeps Secrets
	 */
	DeploymentPlan(Beginning beginning, @Nullable String gitNamespace, List<String> vaults) {
		this.beginning = beginning;
		this.gitNamespace = gitNamespace;
		this.vaults = List.copyOf(vaults);
	}

	/**
	 * @return empty if the kit has no Application: then nothing is deployed
	 */
	Optional<PlannedDeployment> plan() {
		List<JsonObject> left = new ArrayList<>(applications());
		if (left.isEmpty()) {
			return Optional.empty();
		}
		String namespace = left.get(0).text("metadata", "namespace").orElse(ARGO);
		String longhorn = take(left, this::bringsLonghorn);
		String git = take(left, this::bringsGit);
		List<String> parents = left.stream().filter(DeploymentPlan::isAllInGit).map(DeploymentPlan::name).toList();
		List<String> others = left.stream().map(DeploymentPlan::name).filter(name -> !parents.contains(name)).toList();
		return Optional.of(new PlannedDeployment(beginning.kit(), namespace,
				beginning.bootstrap().argoRelease().map(PlannedDeployment::told).orElse(""),
				beginning.bootstrap().names().stream().map(ObjectName::toString).toList(), beginning.secrets(),
				longhorn, git, parents, others, vaults));
	}

	private List<JsonObject> applications() {
		return beginning.bootstrap()
			.objects()
			.stream()
			.filter(object -> ObjectName.of(object).kind() == BeginningKind.APPLICATION)
			.toList();
	}

	private static @Nullable String take(List<JsonObject> left, Predicate<JsonObject> role) {
		Optional<JsonObject> found = left.stream().filter(role).findFirst();
		found.ifPresent(left::remove);
		return found.map(DeploymentPlan::name).orElse(null);
	}

	private boolean bringsLonghorn(JsonObject application) {
		return charts(application).anyMatch("longhorn"::equals)
				|| (!isAllInGit(application) && destination(application).equals(beginning.longhorn()));
	}

	private boolean bringsGit(JsonObject application) {
		return gitNamespace != null && destination(application).equals(gitNamespace);
	}

	private static String destination(JsonObject application) {
		return application.text("spec", "destination", "namespace").orElse("");
	}

	/** An app-of-apps is a folder in Git; what others published is a chart. */
	private static boolean isAllInGit(JsonObject application) {
		return charts(application).findAny().isEmpty();
	}

	private static Stream<String> charts(JsonObject application) {
		return Stream
			.concat(application.object("spec", "source").stream(), application.objects("spec", "sources").stream())
			.flatMap(source -> source.text("chart").stream());
	}

	private static String name(JsonObject application) {
		return application.text("metadata", "name").orElse("");
	}

	/** What is done before a volume can be restored. */
	static List<PlannedStep> before(PlannedDeployment deployment) {
		List<PlannedStep> steps = new ArrayList<>();
		steps.add(new PlannedStep(StepKind.ARGO_CD, "",
				deployment.chart().isEmpty() ? "it has to be there"
						: "chart %s into %s, unless it is there".formatted(deployment.chart(), deployment.namespace()),
				"it deploys everything else"));
		steps.add(new PlannedStep(StepKind.BOOTSTRAP, "",
				"Secrets (%d) and other objects (%d) of kit %s, those that are not there"
					.formatted(deployment.secrets().size(), deployment.objects().size(), deployment.kit()),
				"there is no repository yet to read them from"));
		steps.add(new PlannedStep(StepKind.PAUSE, "", "automated sync, of parents first",
				"what is synced before its claims are there gets new, empty volumes"));
		if (deployment.longhorn() != null) {
			steps.add(new PlannedStep(StepKind.LONGHORN, deployment.longhorn(), "is synced and has nodes",
					"it restores the volumes"));
		}
		return steps;
	}

	/** What is done when the claims are there. */
	static List<PlannedStep> after(PlannedDeployment deployment, @Nullable PlannedRepository repository) {
		List<PlannedStep> steps = new ArrayList<>();
		if (deployment.git() != null) {
			steps.add(new PlannedStep(StepKind.REPOSITORY, deployment.git(), told(repository),
					"Argo CD reads from it what else there is"));
		}
		steps.add(new PlannedStep(StepKind.APPLICATIONS, "",
				deployment.parents().isEmpty() ? "all Applications, in waves"
						: "what %s declares, in waves".formatted(String.join(", ", deployment.parents())),
				"who needs Secrets or kinds of others comes after them"));
		steps.add(new PlannedStep(StepKind.RESUME, "", "automated sync as it was declared, parents last",
				"from here on Argo CD looks after it again"));
		return steps;
	}

	private static String told(@Nullable PlannedRepository repository) {
		if (repository == null || repository.revision() == null) {
			return "is synced, and its repository looked at";
		}
		return "is synced, and its repository has commit %s".formatted(repository.revision().substring(0, 8));
	}

}
