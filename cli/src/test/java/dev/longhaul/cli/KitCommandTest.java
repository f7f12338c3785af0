package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every output of every test is searched for what was planted.
 */
class KitCommandTest {

	private static final List<String> PLANTED = List.of("planted-master", "planted-token", "correct horse");

	@TempDir
	private Path directory;

	private final List<Outcome> outcomes = new ArrayList<>();

	private MadeTarget target;

	private AgeKeys keys;

	private Path identity;

	@BeforeEach
	void prepare() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		keys = AgeKeys.generate();
		identity = keys.writeTo(directory.resolve("key.txt"));
		Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
		Path bitwarden = Files.createDirectory(directory.resolve("bitwarden"));
		Files.writeString(bitwarden.resolve("BW_PASSWORD"), "planted-master");
		Files.writeString(bitwarden.resolve("BW_HOST"), "https://vault.example.org");
	}

	@AfterEach
	void nothingThatIsSecretWasSaid() {
		for (Outcome outcome : outcomes) {
			assertThat(outcome.out() + outcome.errors()).doesNotContain(PLANTED);
		}
	}

	private Outcome run(String... arguments) {
		Outcome outcome = new Cli().with("LONGHAUL_GIT_URL", "https://gitea.example.org/me/homelab.git")
			.with("LONGHAUL_GIT_PASSWORD", "planted-token")
			.run(arguments);
		outcomes.add(outcome);
		return outcome;
	}

	private Outcome create(String... more) {
		return run(Stream.concat(
				Stream.of("kit", "create", target.url(), "--cluster", "home", "--secret",
						"bitwarden/bitwarden-cli=" + directory.resolve("bitwarden"), "--to", at("kit.age")),
				Arrays.stream(more))
			.toArray(String[]::new));
	}

	private Outcome createForRecipient(String... more) {
		return create(Stream.concat(Stream.of("--recipient", keys.recipient().value()), Arrays.stream(more))
			.toArray(String[]::new));
	}

	private String at(String name) {
		return directory.resolve(name).toString();
	}

	@Test
	void createsAKitThatShowsWhatIsInIt() throws IOException {
		Outcome created = createForRecipient("--page", at("kit.html"));
		Outcome shown = run("kit", "show", at("kit.age"), "--identity", identity.toString());

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(created.out()).containsPattern("kit [0-9a-f]{6} of cluster 'home', made at 2026-11-22T12:00:00Z")
			.contains("1 Secret", "recorded", "https://gitea.example.org/me/homelab.git");
		assertThat(shown.status()).as(shown.errors()).isZero();
		assertThat(shown.out()).contains(target.url(), keys.recipient().value())
			.containsPattern("bitwarden/bitwarden-cli +BW_PASSWORD +present, 14 characters")
			.containsPattern("git +password +present, 13 characters");
		assertThat(Files.readString(directory.resolve("kit.html"))).contains("bitwarden/bitwarden-cli")
			.doesNotContain(PLANTED);
		assertThat(Files.readString(target.file("longhaul/kit.json"))).doesNotContain(PLANTED)
			.contains("\"cluster\" : \"home\"");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kit.age"))))
			.isEqualTo("rw-------");
	}

	@Test
	void theDocumentationShowsWhatIsShown() throws IOException {
		createForRecipient();
		Outcome shown = run("kit", "show", at("kit.age"), "--identity", identity.toString());
		Outcome checked = run("kit", "check", at("kit.age"), "--identity", identity.toString());

		assertThat(Files.readString(Path.of("../docs/kit.md")))
			.contains("$ longhaul kit show kit.age --identity key.txt\n" + asDocumented(shown.out()))
			.contains("$ longhaul kit check kit.age --identity key.txt\n" + asDocumented(checked.out()));
	}

	private String asDocumented(String out) {
		return out.replaceAll("kit [0-9a-f]{6} of", "kit 7f3a9c of")
			.replace(target.url(), "file:///mnt/nas")
			.replace(keys.recipient().value(), "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
	}

	@Test
	void saysTheSameToMachines() throws IOException {
		Outcome created = createForRecipient("--output", "json");
		Outcome shown = run("kit", "show", at("kit.age"), "--identity", identity.toString(), "--output", "json");
		Outcome checked = run("kit", "check", at("kit.age"), "--identity", identity.toString(), "--output", "json");

		assertThat(Schema.of("kit-create").violations(created.out())).isEmpty();
		assertThat(Schema.of("kit-show").violations(shown.out())).isEmpty();
		assertThat(Schema.of("kit-check").violations(checked.out())).isEmpty();
		assertThat(shown.json().at("/secrets/0/data/1/characters").asInt()).isEqualTo(14);
		assertThat(checked.json().at("/findings/0/answer").asString()).isEqualTo("holds");
	}

	@Test
	void checksThatItOpensTheBackupsAndIsTheNewest() throws IOException {
		createForRecipient();
		Files.copy(directory.resolve("kit.age"), directory.resolve("old.age"));
		Outcome newest = run("kit", "check", at("kit.age"), "--identity", identity.toString(), "--cluster", "home");

		assertThat(newest.status()).as(newest.errors()).isZero();
		assertThat(newest.out()).contains("● ").contains("its key opens it, and there are backups").contains("newest");

		Outcome again = new Cli().at(Cli.NOW.plusSeconds(60))
			.run("kit", "create", target.url(), "--cluster", "home", "--recipient", keys.recipient().value(), "--to",
					at("kit.age"), "--replace");
		Outcome old = run("kit", "check", at("old.age"), "--identity", identity.toString());

		assertThat(again.status()).as(again.errors()).isZero();
		assertThat(old.status()).isEqualTo(1);
		assertThat(old.out()).contains("✕").contains("is recorded: use that one");
	}

	@Test
	void refusesAKitOfAnotherCluster() {
		createForRecipient();

		Outcome refused = run("kit", "check", at("kit.age"), "--identity", identity.toString(), "--cluster", "cabin");

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("the kit is of cluster 'home' and not of 'cabin'   [KIT_REFUSED]");
	}

	@Test
	void locksWithAPassphraseFromAFile() throws IOException {
		Path passphrase = Files.writeString(directory.resolve("passphrase"), "correct horse battery staple\n");
		Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
		Path wrong = Files.writeString(directory.resolve("wrong"), "correct horse battery stable\n");

		Outcome created = create("--passphrase-file", passphrase.toString());
		Outcome shown = run("kit", "show", at("kit.age"), "--passphrase-file", passphrase.toString());
		Outcome refused = run("kit", "show", at("kit.age"), "--passphrase-file", wrong.toString());
		Outcome unasked = run("kit", "show", at("kit.age"));
		Outcome withKey = run("kit", "show", at("kit.age"), "--identity", identity.toString());
		Outcome page = run("kit", "page", at("kit.age"), "--passphrase-file", passphrase.toString(), "--to",
				at("kit.html"), "--with-passphrase");

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(created.errors()).isEmpty();
		assertThat(shown.status()).as(shown.errors()).isZero();
		assertThat(shown.out()).contains("a passphrase");
		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("stays closed: the passphrase does not open it   [KIT_REFUSED]",
				"note: others than its owner may read");
		assertThat(unasked.errors()).contains("there is no terminal to ask for it", "--passphrase-file");
		assertThat(withKey.errors()).contains("it is locked with a passphrase, and no identity opens it");
		assertThat(page.status()).as(page.errors()).isZero();
		assertThat(Files.readString(directory.resolve("kit.html"))).contains("correct horse battery staple")
			.doesNotContain("planted");
	}

	@Test
	void makesAPassphraseAndShowsItOnce() throws IOException {
		Outcome created = create("--generate");
		assertThat(created.status()).as(created.errors()).isZero();
		String made = created.out().lines().filter(line -> line.startsWith("    ")).findFirst().orElseThrow().strip();
		Files.writeString(directory.resolve("made"), made);

		assertThat(made).matches("([a-km-np-z2-9]{5}-){4}[a-km-np-z2-9]{5}");
		assertThat(run("kit", "show", at("kit.age"), "--passphrase-file", at("made")).status()).isZero();
		assertThat(create("--generate", "--replace", "--output", "json").errors()).contains("never in JSON");
	}

	@Test
	void overwritesNothingUnlessToldTo() throws IOException {
		Files.writeString(directory.resolve("kit.age"), "mine");

		Outcome refused = createForRecipient();

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("exists already   [OUTPUT_NOT_WRITABLE]", "--replace");
		assertThat(directory.resolve("kit.age")).hasContent("mine");
		assertThat(target.file("longhaul/kit.json")).doesNotExist();
	}

	@Test
	void makesNoKitWhoseKeyOpensNothing() {
		Outcome unreachable = run("kit", "create", "file:///nowhere/at/all", "--cluster", "home", "--recipient",
				keys.recipient().value(), "--to", at("kit.age"));
		Outcome offline = run("kit", "create", "file:///nowhere/at/all", "--cluster", "home", "--recipient",
				keys.recipient().value(), "--to", at("offline.age"), "--offline");

		assertThat(unreachable.status()).isEqualTo(3);
		assertThat(directory.resolve("kit.age")).doesNotExist();
		assertThat(offline.status()).as(offline.errors()).isZero();
		assertThat(offline.out()).contains("the key was not tried");
	}

	@Test
	void refusesADamagedKit() throws IOException {
		createForRecipient();
		byte[] bytes = Files.readAllBytes(directory.resolve("kit.age"));
		bytes[bytes.length - 20] ^= 1;
		Files.write(directory.resolve("kit.age"), bytes);

		Outcome damaged = run("kit", "show", at("kit.age"), "--identity", identity.toString());

		assertThat(damaged.status()).isEqualTo(1);
		assertThat(damaged.errors()).contains("it is cut or changed   [KIT_DAMAGED]", "hint: ");
	}

	@Test
	void saysWhatIsWrongWithACommandLine() throws IOException {
		Files.writeString(directory.resolve("weak"), "hunter2");

		assertThat(create().errors()).contains("there is no terminal to ask", "--generate");
		assertThat(create("--passphrase-file", at("weak")).errors()).contains("too weak").doesNotContain("hunter2");
		assertThat(createForRecipient("--generate").errors()).contains("or with one passphrase");
		assertThat(createForRecipient("--with-passphrase").errors()).contains("no passphrase to be put on it");
		assertThat(createForRecipient("--secret", "gitea/admin").errors()).contains("no cluster is named");
		assertThat(createForRecipient("--secret", "gitea").errors()).contains("write namespace/name");
		assertThat(createForRecipient("--secret", "gitea/admin=" + at("nothing")).errors()).contains("the Secret in '",
				"cannot be read");
		assertThat(createForRecipient("--git-url", "https://me:planted-token@example.org/x.git").errors())
			.contains("has a password in it");
		assertThat(create("--recipient", "age1nobody").errors()).contains("a recipient is a public key of age");
		assertThat(createForRecipient("--sign", at("key.txt")).errors()).contains("a signing key is given");
		assertThat(run("kit", "create", "--cluster", "home", "--recipient", keys.recipient().value(), "--to",
				at("kit.age"))
			.errors()).contains("nothing says which backup target");
		assertThat(run("kit", "show", at("nothing")).errors()).contains("cannot be read");
		assertThat(directory.resolve("kit.age")).doesNotExist();
	}

}
