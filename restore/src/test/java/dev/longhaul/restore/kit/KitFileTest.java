package dev.longhaul.restore.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.backupstore.stream.AgeDocument;
import dev.longhaul.backupstore.stream.AgeLock.WithPassphrase;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.KitStanding;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.restore.bootstrap.Bootstrap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.longhaul.restore.kit.Kits.LITTLE_WORK;
import static dev.longhaul.restore.kit.Kits.PASSPHRASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class KitFileTest {

	private static final Kit KIT = Kits.home();

	@TempDir
	private Path directory;

	private static KitFile locked() {
		return KitFile.lock(KIT, new WithPassphrase(PASSPHRASE), LITTLE_WORK);
	}

	private static KitFile holding(String document) {
		return KitFile
			.of(LITTLE_WORK.encrypt(document.getBytes(StandardCharsets.UTF_8), new WithPassphrase(PASSPHRASE)));
	}

	private static String document() {
		return new String(KitJson.write(KIT), StandardCharsets.UTF_8);
	}

	@Test
	void comesBackAsItWasLocked() {
		KitFile file = locked();

		assertThat(file.needsPassphrase()).isTrue();
		assertThat(file.open(PASSPHRASE)).isEqualTo(KIT);
	}

	/** The same kit twice is two files, whose ids say nothing of what is in them. */
	@Test
	void hasAnIdOfItsOwn() {
		KitFile one = locked();
		KitFile other = locked();

		assertThat(one.id()).isNotEqualTo(other.id());
		assertThat(one.id().toString()).matches("[0-9a-f]{6}").isEqualTo(one.id().sha256().substring(0, 6));
	}

	@Test
	void isClosedToAnotherPassphrase() {
		Passphrase wrong = Passphrase.of(Secret.of("correct horse battery stable"));

		RefusedRequest refusal = catchThrowableOfType(RefusedRequest.class, () -> locked().open(wrong));

		assertThat(refusal.code()).isEqualTo(FailureCode.KIT_REFUSED);
		assertThat(refusal.fact()).contains("the passphrase does not open it").doesNotContain("stable", "staple");
	}

	@Test
	void isNeverOpenedInPart() throws IOException {
		Path whole = directory.resolve("kit.age");
		locked().write(whole, false);
		byte[] bytes = Files.readAllBytes(whole);
		for (int length = 0; length < bytes.length; length += 7) {
			KitFile cut = KitFile.of(Arrays.copyOf(bytes, length));
			assertThatThrownBy(() -> cut.open(PASSPHRASE)).as("cut to %d bytes", length)
				.isInstanceOfSatisfying(DamagedData.class,
						damage -> assertThat(damage.code()).isEqualTo(FailureCode.KIT_DAMAGED));
		}
		for (int i = 0; i < bytes.length; i += 5) {
			byte[] changed = bytes.clone();
			changed[i] ^= 0x10;
			assertThatThrownBy(() -> KitFile.of(changed).open(PASSPHRASE)).as("byte %d changed", i)
				.isInstanceOf(LonghaulException.class);
		}
	}

	@Test
	void refusesWhatANewerVersionWrote() {
		KitFile newer = holding(document().replace("\"version\" : 2,", "\"version\" : 3,"));

		assertThatThrownBy(() -> newer.open(PASSPHRASE)).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("the kit is of version 3; this program knows version 2");
	}

	/** What lies in safes was written before there was anything to begin with in it. */
	@Test
	void readsWhatTheFirstVersionWrote() {
		String first = document().replace("\"version\" : 2,", "\"version\" : 1,")
			.replaceFirst("(?s)  \"bootstrap\" : .*?(?=  \"signingKeys\")", "");

		Kit read = holding(first).open(PASSPHRASE);

		assertThat(first).doesNotContain("bootstrap\" :");
		assertThat(read.bootstrap()).isEqualTo(Bootstrap.none());
		assertThat(read.secrets()).isEqualTo(KIT.secrets());
	}

	@Test
	void refusesWhatNoClusterIsBegunWith() {
		String document = document();
		for (String other : List.of(document.replace("\"Namespace\"", "\"Secret\""),
				document.replace("\"Namespace\"", "\"Pod\""),
				document.replace("\"name\":\"gitea\",\"namespace\":\"argocd\"", "\"name\":\"gitea\""),
				document.replace("\"objects\" : [ {", "\"objects\" : [ null, {"),
				document.replace("\"name\" : \"argocd\"", "\"name\" : \"--debug\""),
				document.replace("\"https://argoproj", "\"file://argoproj"))) {
			assertThat(other).isNotEqualTo(document);
			LonghaulException refusal = catchThrowableOfType(LonghaulException.class,
					() -> holding(other).open(PASSPHRASE));
			assertThat(refusal).as(other).isInstanceOf(DamagedData.class);
			assertThat(refusal.fact()).doesNotContain("planted");
		}
	}

	@Test
	void refusesWhatIsNoKitWithoutRepeatingIt() {
		String document = document();
		List<String> others = List.of("", "planted", "{planted}", "[]", "{\"kind\": planted}",
				document.replace("recovery-kit", "run-manifest"),
				document.replace("\"cluster\"", "\"more\" : 1, \"cluster\""),
				document.replace("\"notes\"", "\"cluster\" : \"planted\", \"notes\""),
				document.replace("\"AWS_SECRET_ACCESS_KEY\"", "\"AWS_SECRET\""),
				document.replace("\"url\" : \"s3://backups@", "\"url\" : \"s3://planted:key@@"),
				document.replaceFirst("\"password\" : \"", "\"password\" : \"*planted*"),
				document.replace("\"gitea-admin-secret\"", "\"../planted\""), document.substring(0, 400));
		for (String other : others) {
			assertThat(other).isNotEqualTo(document);
			LonghaulException refusal = catchThrowableOfType(LonghaulException.class,
					() -> holding(other).open(PASSPHRASE));
			assertThat(refusal).as(other).isInstanceOf(DamagedData.class);
			if (!other.contains("s3://planted") && !other.contains("../planted")) {
				assertThat(refusal.fact()).as(other).doesNotContain("planted");
			}
		}
	}

	@Test
	void isOfOneClusterAndOneTarget() {
		KIT.requireOf(new ClusterName("home"));
		KIT.requireOf(TargetUrl.parse("s3://backups@eu-central-003/longhorn/"));

		assertThatThrownBy(() -> KIT.requireOf(new ClusterName("cabin"))).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("the kit is of cluster 'home' and not of 'cabin'");
		assertThatThrownBy(() -> KIT.requireOf(TargetUrl.parse("s3://others@eu-central-003/longhorn")))
			.isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("s3://others@eu-central-003/longhorn/");
	}

	@Test
	void takesThePlaceOfAFileOnlyWhenToldTo() throws IOException {
		Path place = Files.writeString(directory.resolve("kit.age"), "the one before");
		KitFile file = locked();

		assertThatThrownBy(() -> file.write(place, false)).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("exists already");
		assertThat(place).hasContent("the one before");
		file.write(place, true);

		assertThat(KitFile.read(place).open(PASSPHRASE)).isEqualTo(KIT);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place))).isEqualTo("rw-------");
		try (Stream<Path> files = Files.list(directory)) {
			assertThat(files).containsExactly(place);
		}
	}

	@Test
	void isNotReadBeyondItsBound() throws IOException {
		Path large = directory.resolve("large");
		Files.write(large, new byte[AgeDocument.LARGEST_FILE + 1]);

		assertThatThrownBy(() -> KitFile.read(large)).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> KitFile.read(directory)).isInstanceOf(RefusedRequest.class);
	}

	@Test
	void boundsWhatIsPutIn() {
		Secret large = Secret.of(new byte[Kit.LARGEST_SECRET + 1]);
		assertThatThrownBy(() -> new Kit(KIT.createdAt(), KIT.cluster(), List.of(), KIT.bucket(), KIT.longhorn(), null,
				List.of(new NamedSecret(SecretRef.parse("a/b"), "Opaque", new TreeMap<>(Map.of("x", large)))),
				List.of(), Bootstrap.none(), List.of(), ""))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("at most 32 KiB");
	}

	@Test
	void recordsNothingThatIsSecret() {
		KitFile file = locked();
		var record = KIT.record(file.id(), new SecureRandom());

		assertThat(record.toString()).doesNotContain("planted");
		assertThat(record.compare(KIT.bucket().variables())).isInstanceOf(KitStanding.Current.class);
	}

	@Test
	void saysNothingOfWhatItHolds() {
		assertThat(KIT.toString() + KIT.bucket() + KIT.secrets() + KIT.repository() + KIT.bootstrap() + locked()
				+ KIT.credentialSecret() + RecoveryWords.of(KIT).text())
			.doesNotContain("planted");
	}

	/** What a person types after opening the kit with age alone. */
	@Test
	void holdsSecretsAsKubectlTakesThem() {
		assertThat(document()).contains("\"apiVersion\" : \"v1\"", "\"kind\" : \"Secret\"",
				"\"runbook\" : \"With Longhaul");
	}

}
