package dev.longhaul.cli.render;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.GitNeeds;
import dev.longhaul.restore.bootstrap.ObjectName;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import dev.longhaul.restore.kit.KitRepository;
import org.jspecify.annotations.Nullable;

/**
 * Recovery kits for people. Of a secret it says that it is there, and how long it is.
 */
public final class KitText {

	private static final String INDENT = "  ";

	private final Style style;

	private final int width;

	public KitText(Surroundings surroundings) {
		this.style = surroundings.style();
		this.width = surroundings.terminal().width();
	}

	/** What was made, and what is to be done with it. */
	public String written(Kit kit, KitFile file, Path place, @Nullable Path page, boolean recorded) {
		Table table = new Table();
		table.add(Cell.left("kit"), Cell.left("%s, %s".formatted(place, file.size())));
		if (page != null) {
			table.add(Cell.left("page"), Cell.left("%s; print it".formatted(page)));
		}
		table.add(Cell.left("opens with"), Cell.left(opensWith(kit)));
		table.add(Cell.left("holds"), Cell.left(holds(kit)));
		table.add(Cell.left("recorded"), recorded ? Cell.left("beside the backups of " + kit.bucket().url()) : Cell
			.painted("no: the key was not tried, and the server will not say when the kit is old", style::uncertain));
		return heading(kit, file) + table.text(INDENT, width)
				+ "Keep it, and what opens it, where neither goes with the cluster; 'longhaul kit check' tries it.\n";
	}

	private static String holds(Kit kit) {
		return "%s and its key, %s, %s, %s%s".formatted(kit.bucket().url(), Counts.of(kit.secrets().size(), "Secret"),
				Counts.of(kit.charts().size(), "chart"), beginning(kit),
				kit.deployedFrom().map(git -> ", " + git.url()).orElse(", no Git repository"));
	}

	private static String beginning(Kit kit) {
		Bootstrap bootstrap = kit.bootstrap();
		if (bootstrap.isEmpty()) {
			return "nothing to begin a cluster with";
		}
		return Counts.of(bootstrap.objects().size(), "object") + " to begin with"
				+ bootstrap.argoRelease().map(argo -> " and Argo CD by chart " + argo.version()).orElse("");
	}

	/** What whoever makes a kit should know of it before it is needed. */
	public static List<String> notes(Kit kit) {
		List<String> notes = new ArrayList<>();
		kit.bootstrap()
			.argoRelease()
			.filter(argo -> argo.values().isBlank())
			.ifPresent(argo -> notes.add("note: Argo CD would be installed with the values of its chart; if it has "
					+ "others, give them with --argocd-values"));
		List<ObjectName> waiting = GitNeeds.waiting(kit.bootstrap(),
				kit.deployedFrom().map(KitRepository::url).orElse(null));
		if (!waiting.isEmpty()) {
			notes.add("note: %s can be synced only once the Git server is back"
				.formatted(Counts.list(waiting.stream().map(ObjectName::toString).toList())));
		}
		return notes;
	}

	/** All of it but its secrets. */
	public String shown(Kit kit, KitFile file) {
		StringBuilder text = new StringBuilder(heading(kit, file));
		Table table = new Table();
		table.add(Cell.left("opens with"), Cell.left(opensWith(kit)));
		table.add(Cell.left("target"), Cell.left(kit.bucket().url().toString()));
		kit.bucket().endpoint().ifPresent(endpoint -> table.add(Cell.left("endpoint"), Cell.left(endpoint)));
		table.add(Cell.left("longhorn"),
				Cell.left("target '%s', Secret %s".formatted(kit.longhorn().target(), kit.longhorn().credentials())));
		kit.deployedFrom()
			.ifPresent(git -> table.add(Cell.left("git"),
					Cell.left(git.url() + ((git.branch() != null) ? ", branch " + git.branch() : ""))));
		table.add(Cell.left("signatures"), Cell.left(Counts.of(kit.signingKeys().size(), "public key")));
		text.append(table.text(INDENT, width));
		appendSecrets(text, kit);
		appendBeginning(text, kit.bootstrap());
		appendCharts(text, kit.charts());
		appendNotes(text, kit.notes());
		return text.toString();
	}

	private void appendSecrets(StringBuilder text, Kit kit) {
		Table table = new Table();
		if (!kit.bucket().variables().isEmpty()) {
			addSecret(table, kit.credentialSecret());
		}
		kit.secrets().forEach(secret -> addSecret(table, secret));
		kit.deployedFrom().ifPresent(git -> addValues(table, "git", git.credentials()));
		text.append("secrets\n").append(table.text(INDENT, width));
	}

	private static void addSecret(Table table, NamedSecret secret) {
		if (secret.data().isEmpty()) {
			table.add(Cell.left(secret.ref().toString()), Cell.left(""), Cell.left("empty"));
		}
		addValues(table, secret.ref().toString(), secret.data());
	}

	private static void addValues(Table table, String owner, Map<String, Secret> values) {
		values.forEach((key, value) -> table.add(Cell.left(owner), Cell.left(key), Cell.left(presence(value))));
	}

	private static String presence(Secret value) {
		return value.isEmpty() ? "present, empty" : "present, " + Counts.of(value.length(), "character");
	}

	private void appendBeginning(StringBuilder text, Bootstrap bootstrap) {
		if (bootstrap.isEmpty()) {
			return;
		}
		Table table = new Table();
		bootstrap.argoRelease()
			.ifPresent(
					argo -> table.add(Cell.left("Argo CD"), Cell.left("%s/%s".formatted(argo.namespace(), argo.name())),
							Cell.left("chart %s %s of %s%s".formatted(argo.chart(), argo.version(), argo.repository(),
									argo.values().isEmpty() ? ""
											: ", with values of " + Counts.of(argo.values().length(), "character")))));
		bootstrap.objects().forEach(object -> {
			ObjectName name = ObjectName.of(object);
			table.add(Cell.left(name.kind().kind()),
					Cell.left(name.namespace().isEmpty() ? name.name() : name.namespace() + "/" + name.name()),
					Cell.left(source(object)));
		});
		text.append("begins with\n").append(table.text(INDENT, width));
	}

	/** Where an Application is from; its parameters are nobody's business. */
	private static String source(JsonObject object) {
		return object.object("spec", "source")
			.map(source -> "%s %s of %s".formatted(
					source.text("chart").map(chart -> "chart " + chart).or(() -> source.text("path")).orElse(""),
					source.text("targetRevision").orElse(""), source.text("repoURL").orElse("")))
			.orElse("");
	}

	private void appendCharts(StringBuilder text, List<DeployedChart> charts) {
		if (!charts.isEmpty()) {
			Table table = new Table();
			charts.forEach(chart -> table.add(Cell.left(chart.application()), Cell.left(chart.chart()),
					Cell.left(chart.version()), Cell.left(chart.repository())));
			text.append("charts\n").append(table.text(INDENT, width));
		}
	}

	private void appendNotes(StringBuilder text, String notes) {
		if (!notes.isBlank()) {
			text.append("notes\n");
			notes.lines().forEach(line -> text.append(Prose.of(line, INDENT, width)).append('\n'));
		}
	}

	/** What was found when it was tried. */
	public String checked(Kit kit, KitFile file, List<KitFinding> findings) {
		Table table = new Table();
		findings.forEach(finding -> table.add(shape(finding.answer()), Cell.left(finding.subject()),
				Cell.left(finding.reason())));
		return heading(kit, file) + table.text(INDENT, width);
	}

	private Cell shape(KitFinding.Answer answer) {
		return Cell.painted(answer.shape(), switch (answer) {
			case HOLDS -> style::good;
			case FAILS -> style::bad;
			case UNKNOWN -> style::uncertain;
		});
	}

	private String heading(Kit kit, KitFile file) {
		return "%s of cluster '%s', made at %s%n".formatted(style.strong("kit " + file.id()),
				Printable.of(kit.cluster().value()), kit.createdAt().truncatedTo(ChronoUnit.SECONDS));
	}

	private static String opensWith(Kit kit) {
		return kit.recipients().isEmpty() ? "a passphrase" : "the identity of "
				+ kit.recipients().stream().map(Recipient::value).collect(Collectors.joining(" or "));
	}

}
