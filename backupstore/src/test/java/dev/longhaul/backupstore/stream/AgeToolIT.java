package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.stream.AgeLock.ForRecipients;
import dev.longhaul.backupstore.stream.AgeLock.WithPassphrase;
import dev.longhaul.backupstore.stream.OpenedDocument.Whole;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.secret.Secret;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Documents go both ways between Longhaul and the tool age, which takes passphrases from
 * a terminal only: script makes one.
 */
class AgeToolIT {

	private static final String TEXT = "correct horse battery stäple";

	private static final Passphrase PASSPHRASE = Passphrase.of(Secret.of(TEXT));

	private static final Secret PLAIN = Secret.of("the key of the bucket\n".repeat(10_000));

	@TempDir
	private Path directory;

	private Path identity;

	private Recipient recipient;

	@BeforeAll
	static void toolsAreThere() {
		for (String tool : List.of("age", "age-keygen", "script")) {
			assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed on this machine");
		}
	}

	@BeforeEach
	void makeKeys() throws Exception {
		identity = directory.resolve("identity");
		run("", "age-keygen", "-o", identity.toString());
		recipient = new Recipient(run("", "age-keygen", "-y", identity.toString()).strip());
	}

	@Test
	void ageOpensWhatIsForRecipients() throws Exception {
		Path stored = write("document.age",
				AgeDocument.usual().encrypt(PLAIN.reveal(), new ForRecipients(List.of(recipient))));

		run("", "age", "-d", "-i", identity.toString(), "-o", at("plain"), stored.toString());

		assertThat(directory.resolve("plain")).hasBinaryContent(PLAIN.reveal());
	}

	@Test
	void ageOpensWhatAPassphraseLocks() throws Exception {
		Path stored = write("document.age",
				AgeDocument.usual().encrypt(PLAIN.reveal(), new WithPassphrase(PASSPHRASE)));

		run(TEXT + "\n", "script", "-qec", "age -d -o %s %s".formatted(at("plain"), stored), "/dev/null");

		assertThat(directory.resolve("plain")).hasBinaryContent(PLAIN.reveal());
	}

	@Test
	void whatAgeEncryptedForRecipientsIsOpened() throws Exception {
		Path plain = write("plain", PLAIN.reveal());
		run("", "age", "-r", recipient.value(), "-o", at("document.age"), plain.toString());
		run("", "age", "--armor", "-r", recipient.value(), "-o", at("document.txt"), plain.toString());

		Identities identities = Identities.read(identity);
		assertThat(AgeDocument.open(read("document.age"), identities)).isEqualTo(new Whole(PLAIN));
		assertThat(AgeDocument.open(AgeDocument.unarmored(read("document.txt")), identities))
			.isEqualTo(new Whole(PLAIN));
	}

	@Test
	void whatAgeLockedWithAPassphraseIsOpened() throws Exception {
		Path plain = write("plain", PLAIN.reveal());
		run(TEXT + "\n" + TEXT + "\n", "script", "-qec", "age -p -o %s %s".formatted(at("document.age"), plain),
				"/dev/null");

		assertThat(AgeDocument.needsPassphrase(read("document.age"))).isTrue();
		assertThat(AgeDocument.open(read("document.age"), PASSPHRASE)).isEqualTo(new Whole(PLAIN));
	}

	private Path write(String name, byte[] content) throws IOException {
		return Files.write(directory.resolve(name), content);
	}

	private byte[] read(String name) throws IOException {
		return Files.readAllBytes(directory.resolve(name));
	}

	private String at(String name) {
		return directory.resolve(name).toString();
	}

	private String run(String input, String... command) throws IOException, InterruptedException {
		Path typed = write("typed", input.getBytes(StandardCharsets.UTF_8));
		Path said = directory.resolve("said");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectInput(typed.toFile())
			.redirectOutput(said.toFile())
			.start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(said)).isZero();
		return Files.readString(said);
	}

}
