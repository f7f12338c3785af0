package dev.longhaul.cli.render;

import java.util.List;
import java.util.Locale;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.KeptBundle;
import dev.longhaul.restore.plan.Cost;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedRepository;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.Proven;
import dev.longhaul.restore.plan.RestorePlan;
import org.jspecify.annotations.Nullable;

/**
 * A restore plan, for people: a table that can be read aloud.
 */
public final class RestorePlanText {

	private static final int SHORT = 12;

	private final Page page;

	private final Style style;

	public RestorePlanText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(RestorePlan plan) {
		StringBuilder text = new StringBuilder();
		text.append("Restore from %s   %s, %s%n".formatted(Printable.of(plan.target()),
				Counts.of(plan.volumes().stream().map(PlannedVolume::application).distinct().count(), "application"),
				Counts.of(plan.volumes().size(), "volume")));
		text.append('\n').append(steps(plan.steps()).text("  ", page.width()));
		if (!plan.volumes().isEmpty()) {
			text.append('\n').append(volumes(plan.volumes()).text("  ", page.width()));
		}
		if (plan.repository() != null) {
			text.append('\n').append(Prose.of(repository(plan.repository()), "  ", page.width())).append('\n');
		}
		append(text, "Missing", plan.missing());
		append(text, "Not touched", plan.leftOut());
		plan.remarks()
			.forEach(remark -> text.append('\n').append(Prose.of("note: " + remark, "", page.width())).append('\n'));
		text.append('\n').append(Prose.of(cost(plan.cost()), "", page.width())).append('\n');
		text.append("plan %s   carry it out: longhaul restore run --plan FILE, which --output json writes%n"
			.formatted(style.strong(plan.hash().substring(0, SHORT))));
		return text.toString();
	}

	private static Table steps(List<PlannedStep> steps) {
		Table table = new Table();
		int number = 0;
		for (PlannedStep step : steps) {
			number++;
			String name = step.subject().isEmpty() ? step.kind().word() : step.kind().word() + " " + step.subject();
			table.add(Cell.right(Integer.toString(number)), Cell.left(name), Cell.left(step.what()),
					Cell.left(step.why()));
		}
		return table;
	}

	private Table volumes(List<PlannedVolume> volumes) {
		Table table = new Table();
		for (PlannedVolume volume : volumes) {
			PlannedClaim claim = volume.claim();
			table.add(Cell.left((claim != null) ? claim.ref().toString() : "no claim"), Cell.right(volume.sizes()),
					Cell.left("of " + page.times().of(volume.createdAt())), proven(volume.proven()),
					Cell.left(volume.name().value()), Cell.left(volume.backup().value()));
		}
		return table;
	}

	private Cell proven(Proven proven) {
		return switch (proven) {
			case YES -> Cell.painted("● proven", style::good);
			case NO -> Cell.painted("✕ damaged", style::bad);
			case UNKNOWN -> Cell.painted("◌ never read", style::uncertain);
		};
	}

	private void append(StringBuilder text, String heading, List<Absence> absences) {
		if (absences.isEmpty()) {
			return;
		}
		Table table = new Table();
		absences.forEach(absence -> table.add(Cell.left(absence.subject()), Cell.left(absence.why())));
		text.append("\n%s:%n".formatted(heading)).append(table.text("  ", page.width()));
	}

	/**
	 * {@code repository of gitea at 3f1d8a52: if it is unusable, the bundle of ... serves}.
	 */
	static String repository(PlannedRepository repository) {
		String revision = (repository.revision() != null) ? "at " + repository.revision().substring(0, SHORT)
				: "of which no commit is recorded";
		return "repository of %s, %s; %s".formatted(repository.application(), revision, bundle(repository.bundle()));
	}

	private static String bundle(@Nullable KeptBundle bundle) {
		if (bundle == null) {
			return "if it is unusable, nothing can serve instead: the bucket holds no bundle of it";
		}
		StoredExport export = bundle.export();
		String readers = export.isEncrypted() ? "for " + Counts.of(export.recipients().size(), "recipient")
				: "not encrypted";
		return "if it is unusable, export '%s' of %s, %s, serves instead: %s, %s".formatted(export.name(),
				bundle.application(), bundle.night(), export.plain().size(), readers);
	}

	/** {@code reads at most 61.4 GiB with 31,480 gets}, and what that means. */
	static String cost(Cost cost) {
		return String.format(Locale.ROOT,
				"reads at most %s with %,d gets: $%s at Backblaze's list price; about %s at %d Mbit/s", cost.bytes(),
				cost.gets(), cost.usd(), Spans.coarse(cost.duration()), cost.megabits());
	}

}
