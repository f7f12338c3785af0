package dev.longhaul.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.VerdictJson;
import dev.longhaul.cli.render.VerdictMarkdown;
import dev.longhaul.cli.render.VerdictText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul verdict}.
 */
@Command(name = "verdict", header = "Say whether the 3-2-1-1-0 rule holds, application by application.", description = {
		"",
		"Reads what nights have recorded in the bucket: three copies, on two media, one at another site, one "
				+ "immutable, no errors when read back. Each clause holds, fails or is unknown, with its "
				+ "evidence and when it was judged. Nothing is read back now; 'longhaul verify' does that.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul verdict s3://longhorn-backups@eu-central-003/longhorn --trust longhaul.pub",
				"  longhaul verdict file:///mnt/nas --output markdown > backups.md",
				"  longhaul verdict file:///mnt/nas --output json | jq '.applications[] | {name, verdict, rpoSeconds}'" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no errors are known", "1:the newest read-back found damage, or a record is not believed",
				"2:wrong usage", "3:the target could not be reached or refused" })
final class VerdictCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
	private Form form = Form.text;

	@Mixin
	private final TimeOption time = new TimeOption();

	/** How the verdict is told; the names are what is typed. */
	enum Form {

		text, json, markdown

	}

	VerdictCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		Recorded recorded = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> new RunCatalog(store, layout, surroundings.pause(), seal).readAll());
		write(recorded, surroundings.clock().instant());
		if (form != Form.json) {
			trust.note(surroundings.errors());
		}
		boolean damaged = recorded.applications().stream().anyMatch(VerdictCommand::hasErrors);
		return ((damaged || !recorded.refusals().isEmpty()) ? ExitStatus.DAMAGE : ExitStatus.PROVEN).code();
	}

	private void write(Recorded recorded, Instant now) {
		switch (form) {
			case text -> surroundings.output()
				.print(new VerdictText(time.page(target.url(), surroundings), now).render(recorded));
			case markdown -> surroundings.output().print(new VerdictMarkdown(now).render(recorded));
			case json -> new VerdictJson(target.url().toString(), now).write(recorded, surroundings.output());
		}
	}

	private static boolean hasErrors(ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		return judged != null && judged.verdict()
			.judgements()
			.stream()
			.anyMatch(judgement -> judgement.clause() == Clause.ERRORS && judgement.answer() == Answer.FAILS);
	}

}
