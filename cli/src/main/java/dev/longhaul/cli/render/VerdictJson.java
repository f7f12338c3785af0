package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.verdict.Judgement;

/**
 * The verdict of every application, for machines, as
 * {@code docs/schema/verdict.schema.json} describes it.
 */
public final class VerdictJson {

	private final String target;

	private final Instant now;

	public VerdictJson(String target, Instant now) {
		this.target = target;
		this.now = now;
	}

	public void write(Recorded recorded, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.number("nights", recorded.runs().size());
			json.objects("refused", recorded.refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("applications", recorded.applications(), application -> write(json, application));
		});
	}

	private void write(JsonDocument json, ApplicationRecord application) {
		json.text("name", application.application().value());
		writeVerdict(json, application);
		json.instant("newestProven", application.newestProven().orElse(null));
		application.newestProven()
			.ifPresent(newest -> json.number("rpoSeconds", Duration.between(newest, now).toSeconds()));
		application.longestGap(now, VerdictText.SPAN)
			.ifPresent(gap -> json.number("longestGapSeconds", gap.toSeconds()));
	}

	static void writeVerdict(JsonDocument json, ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		json.text("verdict", (judged != null) ? VerdictText.word(judged.verdict().overall()) : "unknown");
		json.instant("judgedAt", (judged != null) ? judged.at() : null);
		List<Judgement> judgements = (judged != null) ? judged.verdict().judgements() : List.of();
		json.objects("clauses", judgements, judgement -> {
			json.text("clause", VerdictText.word(judgement.clause()));
			json.text("answer", VerdictText.word(judgement.answer()));
			json.text("evidence", judgement.evidence());
		});
	}

}
