package dev.longhaul.cli.render;

import java.util.List;
import java.util.function.Function;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;

/**
 * What a server has and knows besides applications, jobs and runs, for people.
 */
public final class ServerText {

	private final Page page;

	private final Style style;

	public ServerText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String caller(Fields me) {
		return "%s   %s%n".formatted(style.strong(Printable.of(me.text("name"))),
				Printable.of(String.join(", ", me.texts("scopes"))));
	}

	public String volumes(List<Fields> volumes) {
		return rows(volumes, "no volume has a backup yet\n",
				volume -> new Cell[] { Cell.painted(volume.text("application"), style::strong),
						Cell.left(volume.text("claim")), Cell.left(volume.text("volume")),
						Cell.right(Standings.size(volume.number("bytes"))),
						Cell.left(page.times().of(volume.instant("snapshotAt"))), Cell.left(volume.text("backup")) });
	}

	public String targets(List<Fields> targets) {
		return rows(targets, "no target is configured\n",
				target -> new Cell[] { Cell.painted(target.text("name"), style::strong), Cell.left(target.text("role")),
						Cell.left(target.text("url")), Cell.left(target.text("medium")),
						Cell.left(target.textOrEmpty("site")) });
	}

	public String tokens(List<Fields> tokens) {
		return rows(tokens, "there are no tokens\n", this::token);
	}

	private Cell[] token(Fields token) {
		boolean revoked = token.instant("revokedAt") != null;
		String expires = (token.instant("expiresAt") != null) ? page.times().of(token.instant("expiresAt")) : "never";
		String used = (token.instant("lastUsedAt") != null) ? page.times().of(token.instant("lastUsedAt")) : "never";
		return new Cell[] { Cell.left(token.text("id")), Cell.painted(token.text("name"), style::strong),
				Cell.left(String.join(", ", token.texts("scopes"))),
				revoked ? Cell.painted("revoked", style::uncertain) : Cell.left("expires " + expires),
				Cell.left("used " + used), Cell.left("made by " + token.text("createdBy")) };
	}

	public String audit(List<Fields> records) {
		return rows(records, "nothing is recorded\n",
				record -> new Cell[] { Cell.right(Long.toString(record.number("sequence"))),
						Cell.left(page.times().of(record.instant("happenedAt"))), Cell.left(record.text("caller")),
						Cell.left(record.text("address")), Cell.left(record.text("action")),
						Cell.left(record.text("subject")), Cell.left(record.text("outcome")),
						Cell.left(record.text("detail")) });
	}

	public String coverage(List<Fields> places) {
		return rows(places, "nothing was stored yet\n", place -> {
			Fields stored = place.object("stored");
			Fields refuted = place.object("refuted");
			return new Cell[] { Cell.painted(place.text("place"), style::strong),
					Cell.right(Math.round(place.share("share") * 100) + " % read back within 30 days"),
					Cell.left("of " + ((stored != null) ? Standings.size(stored.number("bytes")) : Times.UNKNOWN)),
					damage((refuted != null) ? refuted.number("restorePoints") : 0) };
		});
	}

	public String readings(List<Fields> days) {
		return rows(days, "nothing was read back in these days\n",
				day -> new Cell[] { Cell.left(day.text("day")),
						Cell.right(Counts.of(day.number("proven"), "restore point") + " proven"),
						Cell.right(Standings.size(day.number("bytes"))), damage(day.number("refuted")) });
	}

	private Cell damage(long points) {
		return (points > 0) ? Cell.painted("✕ " + Counts.of(points, "restore point") + " damaged", style::bad)
				: Cell.left("");
	}

	/** How old what the server tells is, and what it does not believe. */
	public String ledger(Fields ledger) {
		StringBuilder text = new StringBuilder(
				"read to its end %s%n".formatted(page.times().of(ledger.instant("completeAt"))));
		if (ledger.instant("failingSince") != null) {
			text.append(style.bad("✕ it cannot be read since %s: %s".formatted(
					page.times().of(ledger.instant("failingSince")), Printable.of(ledger.textOrEmpty("failure")))))
				.append('\n');
		}
		ledger.objects("refusals")
			.forEach(refusal -> text
				.append(style
					.bad("not believed: " + Printable.of(refusal.text("subject") + ": " + refusal.text("reason"))))
				.append('\n'));
		return text.toString();
	}

	private String rows(List<Fields> elements, String none, Function<Fields, Cell[]> row) {
		if (elements.isEmpty()) {
			return none;
		}
		Table table = new Table();
		elements.forEach(element -> table.add(row.apply(element)));
		return table.text("", page.width());
	}

}
