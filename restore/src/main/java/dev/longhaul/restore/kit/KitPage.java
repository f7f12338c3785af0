package dev.longhaul.restore.kit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.bootstrap.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The page that is printed and put away with a kit: which file to look for, what opens
 * it, and what to do with it. It holds no secret, unless its owner wants the passphrase
 * on it, and asks nobody for anything when it is opened.
 */
public final class KitPage {

	private static final int GROUP = 8;

	/** More does not fit into a line of the page. */
	private static final int LONGEST_WORD = 80;

	private static final String STYLE = """
			@page { margin: 15mm; }
			:root { color-scheme: light; }
			body { font: 10.5pt/1.4 system-ui, sans-serif; color: #111; background: #fff; max-width: 180mm; margin: 8mm auto; padding: 0 4mm; }
			header { display: flex; gap: 8mm; align-items: flex-start; justify-content: space-between; }
			h1 { font-size: 18pt; line-height: 1.15; margin: 0 0 1mm; overflow-wrap: anywhere; }
			h1 em { font-style: normal; border-bottom: 1pt solid #999; }
			h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
			.id { margin: 0; color: #333; font-variant-numeric: tabular-nums; }
			.qr { flex: none; width: 38mm; height: 38mm; border: 0.5pt solid #bbb; }
			table { border-collapse: collapse; width: 100%; margin-top: 3mm; }
			th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm 1.2mm 0; border-top: 0.5pt solid #bbb; }
			th { width: 26mm; font-weight: 600; }
			code, pre, .passphrase { font-family: ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
			code { font-size: 9pt; }
			pre { font-size: 8.5pt; white-space: pre-wrap; background: #f3f3f3; border-left: 1.5pt solid #999; padding: 1mm 2mm; margin: 1mm 0; print-color-adjust: exact; }
			pre span { white-space: nowrap; }
			ol { padding-left: 6mm; margin: 0; }
			li { margin: 1.5mm 0; break-inside: avoid; }
			.blank { display: inline-block; width: 60%; border-bottom: 0.5pt solid #111; margin-left: 2mm; height: 1.2em; }
			.secret { border: 1.5pt solid #111; padding: 0 4mm 3mm; margin-top: 5mm; break-inside: avoid; }
			.secret div { display: flex; justify-content: space-between; align-items: center; gap: 6mm; }
			.passphrase { font-size: 15pt; letter-spacing: 0.04em; }
			@media print { body { margin: 0; padding: 0; max-width: none; } }
			""";

	private final Kit kit;

	private final KitId id;

	private final @Nullable Passphrase shown;

	private KitPage(Kit kit, KitId id, @Nullable Passphrase shown) {
		this.kit = kit;
		this.id = id;
		this.shown = shown;
	}

	public static KitPage of(Kit kit, KitId id) {
		return new KitPage(kit, id, null);
	}

	/**
	 * With the passphrase on it, to be typed or read with a camera. Whoever has this page
	 * and the file has everything.
	 */
	public static KitPage withPassphrase(Kit kit, KitId id, Passphrase passphrase) {
		return new KitPage(kit, id, passphrase);
	}

	/**
	 * As one file of HTML, like {@link KitFile#write}.
	 * @throws dev.longhaul.core.failure.RefusedRequest if there is one that may not go,
	 * or it cannot be written
	 */
	public void write(Path target, boolean replace) {
		byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
		ByteSize size = new ByteSize(bytes.length);
		try (NewFile file = replace ? NewFile.createOrReplace(target, size) : NewFile.create(target, size)) {
			file.write(0, bytes);
			file.publish();
		}
	}

	/** What the code in the corner says: which kit the page is of. */
	public String codeText() {
		return "longhaul recovery kit 1\nsha256 %s\ncluster %s\ncreated %s\ntarget %s\n".formatted(id.sha256(),
				kit.cluster(), created(), kit.bucket().url());
	}

	private String created() {
		return kit.createdAt().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	public String html() {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width">
				<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
				<meta name="referrer" content="no-referrer">
				<title>Recovery kit %1$s of %2$s</title>
				<style>
				%3$s</style>
				</head>
				<body>
				<header>
				<div>
				<h1>Recovery kit of cluster <em>%2$s</em></h1>
				<p class="id">kit <strong>%1$s</strong>, %4$s</p>
				<p>This page says what to do when the cluster is gone. It goes with one encrypted file, the kit,
				which holds the credentials that are needed for it.%5$s</p>
				</div>
				%6$s</header>
				%7$s%8$s%9$s</body>
				</html>
				""".formatted(id, escaped(kit.cluster().value()), STYLE, created(),
				(shown == null) ? " The page itself holds no secret."
						: " <strong>The passphrase is on this page: keep it away from the file.</strong>",
				QrCode.svg(codeText(), "which kit this is"), facts(), passphrase(), words());
	}

	private String facts() {
		return """
				<table>
				%s</table>
				""".formatted(row("The file", "SHA-256 %s<br>%s".formatted(grouped(id.sha256()),
				"<code>sha256sum kit.age</code> shows the same for the kit of this page, and the code has it too"))
				+ row("Opens with", opensWith())
				+ row("Backups",
						"<code>%s</code>%s".formatted(escaped(kit.bucket().url().toString()),
								kit.bucket()
									.endpoint()
									.map(endpoint -> " at <code>%s</code>".formatted(escaped(endpoint)))
									.orElse("")))
				+ row("Longhorn",
						"target <code>%s</code>, Secret <code>%s</code>".formatted(escaped(kit.longhorn().target()),
								escaped(kit.longhorn().credentials().toString())))
				+ kit.deployedFrom().map(git -> row("Git", "<code>%s</code>".formatted(escaped(git.url())))).orElse("")
				+ row("Secrets in it", list(kit.secrets().stream().map(secret -> secret.ref().toString()).toList()))
				+ row("Begins with", list(beginning()))
				+ row("Charts", list(kit.charts().stream().map(KitPage::chart).toList())) + notes());
	}

	private List<String> beginning() {
		return Stream
			.concat(kit.bootstrap().argoRelease().map(ChartRelease::toString).stream(),
					kit.bootstrap().names().stream().map(ObjectName::toString))
			.toList();
	}

	private String notes() {
		return kit.notes().isBlank() ? "" : row("Notes", "<span class=\"notes\">%s</span>"
			.formatted(kit.notes().lines().map(KitPage::escaped).collect(Collectors.joining("<br>"))));
	}

	private String opensWith() {
		if (!kit.recipients().isEmpty()) {
			return "the identity, a line that begins with AGE-SECRET-KEY-1, of %s<br>It is kept at:<span class=\"blank\"></span>"
				.formatted(kit.recipients()
					.stream()
					.map(Recipient::value)
					.map("<code>%s</code>"::formatted)
					.collect(Collectors.joining(" or ")));
		}
		return (shown != null) ? "the passphrase below"
				: "a passphrase, which is not on this page<br>It is kept at:<span class=\"blank\"></span>";
	}

	private String passphrase() {
		if (shown == null) {
			return "";
		}
		String text = shown.secret().revealText();
		return """
				<section class="secret">
				<h2>Passphrase</h2>
				<div><p class="passphrase">%s</p>%s</div>
				</section>
				""".formatted(escaped(text), QrCode.svg(text, "the passphrase"));
	}

	private String words() {
		return RecoveryWords.of(kit)
			.parts()
			.stream()
			.map(part -> """
					<section>
					<h2>%s</h2>
					<ol>
					%s</ol>
					</section>
					""".formatted(escaped(part.title()),
					part.steps().stream().map(KitPage::step).collect(Collectors.joining())))
			.collect(Collectors.joining());
	}

	private static String step(RecoveryWords.Step step) {
		String commands = step.commands()
			.stream()
			.map(command -> "<pre>%s</pre>\n".formatted(typed(command)))
			.collect(Collectors.joining());
		return "<li>%s\n%s</li>\n".formatted(escaped(step.sentence()), commands);
	}

	/**
	 * A line ends between words: who types from paper would take a broken one for two.
	 */
	private static String typed(String command) {
		return Arrays.stream(command.split(" ", -1))
			.map(word -> (word.length() > LONGEST_WORD) ? escaped(word) : "<span>%s</span>".formatted(escaped(word)))
			.collect(Collectors.joining(" "));
	}

	private static String row(String name, String value) {
		return value.isEmpty() ? "" : "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n".formatted(name, value);
	}

	private static String list(List<String> texts) {
		return texts.stream().map(KitPage::escaped).collect(Collectors.joining("<br>"));
	}

	private static String chart(DeployedChart chart) {
		return "%s: %s %s".formatted(chart.application(), chart.chart(), chart.version());
	}

	private static String grouped(String hexadecimal) {
		return "<code>%s</code>".formatted(hexadecimal.replaceAll("(.{%d})(?=.)".formatted(GROUP), "$1 "));
	}

	/** For text and for attributes. */
	private static String escaped(String text) {
		return Printable.of(text)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
