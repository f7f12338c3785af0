package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ListCommandTest {

	@TempDir
	private Path directory;

	@Test
	void showsWhatTheBackupsOfLonghornSayOfThemselves() {
		CopiedBackups target = CopiedBackups.of("f", directory);

		Outcome outcome = new Cli().run("ls", target.url());

		assertThat(outcome.out()).isEqualTo("""
				%s   1 volume, 5 backups

				pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90   shop/data-db-0   256 MiB   5 backups
				  backup-7a6f765e17888503   finished      2 h ago   38 MiB   full, 8.4 MiB stored anew
				  backup-45dde0fa9684d7bc   finished      2 h ago   38 MiB   incremental, 1.6 MiB stored anew
				  backup-7ab083b31647efb3   finished      2 h ago   40 MiB   incremental, 2.4 MiB stored anew
				  backup-9682af7cd470ade3   finished      2 h ago   40 MiB   incremental, 1010 KiB stored anew
				  backup-0dead0beef000001   in progress         –        –
				""".formatted(target.url()));
		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.status()).isZero();
	}

	@Test
	void showsInstantsWhereTheyAreAskedFor() {
		CopiedBackups target = CopiedBackups.of("a", directory);

		assertThat(new Cli().run("ls", target.url(), "--utc").out())
			.contains("backup-7a6f765e17888503   finished   2026-11-22T09:14:49Z   38 MiB   full");
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);

		Outcome outcome = new Cli().run("ls", target.url(), "--output", "json");

		assertThat(Schema.of("ls").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/target").asString()).isEqualTo(target.url());
		assertThat(outcome.json().at("/volumes/0/claim").asString()).isEqualTo("shop/data-db-0");
		assertThat(outcome.json().at("/volumes/0/sizeBytes").asLong()).isEqualTo(268435456);
		assertThat(outcome.json().at("/volumes/0/backups/0/createdAt").asString()).isEqualTo("2026-11-22T09:14:49Z");
		assertThat(outcome.json().at("/volumes/0/backups/4/state").asString()).isEqualTo("in-progress");
	}

	@Test
	void showsWhatCannotBeReadBesideWhatCan() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("healthy", "backup-1");
		target.putSmallVolume("no-config", "backup-1");
		target.put(target.configKey("no-config"), "no JSON");
		target.put(target.manifestKey("healthy", "backup-2"), "[]");

		Outcome text = new Cli().run("ls", target.url());
		Outcome document = new Cli().run("ls", target.url(), "--output", "json");

		assertThat(text.out()).contains("2 volumes, 3 backups", "healthy   shop/healthy-data   32 MiB   2 backups",
				"backup-2   unreadable", "expected a JSON object, found START_ARRAY",
				"no-config   " + target.configKey("no-config") + " cannot be read: not valid JSON");
		assertThat(text.status()).isZero();
		assertThat(Schema.of("ls").violations(document.out())).isEmpty();
		assertThat(document.json().at("/volumes/0/backups/1/fault").asString())
			.isEqualTo("expected a JSON object, found START_ARRAY");
	}

	@Test
	void readsNoBlocks() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putVolume("db", 1 << 30);
		target.putManifest("db", "backup-1", List.of());

		assertThat(new Cli().run("ls", target.url()).out()).contains("backup-1   finished", "0 B");
	}

	@Test
	void goesOnInTheNextLineWhereTheTerminalIsNarrow() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("pvc-3f1d8a52-7c64-4b0e-9a2f", "backup-7a6f765e17888503-of-a-nightly-job");

		String text = new Cli().on(new Terminal(true, true, 50)).with("NO_COLOR", "1").run("ls", target.url()).out();

		assertThat(text.lines().skip(1)).allMatch(line -> line.codePointCount(0, line.length()) <= 50);
		assertThat(text).contains("pvc-3f1d8a52-7c64-4b0e-9a2f", "backup-7a6f765e17888503-of-a-nightly-job", "4 MiB",
				"full");
	}

	@Test
	void coloursOnlyATerminalThatWantsIt() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");
		Terminal looking = new Terminal(true, true, 100);

		assertThat(new Cli().on(looking).run("ls", target.url()).out()).contains("\u001B[1mdb\u001B[0m");
		assertThat(new Cli().on(looking).with("NO_COLOR", "1").run("ls", target.url()).out()).doesNotContain("\u001B");
		assertThat(new Cli().run("ls", target.url()).out()).doesNotContain("\u001B");
	}

}
