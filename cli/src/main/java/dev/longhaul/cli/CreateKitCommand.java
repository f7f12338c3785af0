package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.KitRecordFile;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.signature.SigningKey;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.backupstore.stream.AgeLock;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.KitJson;
import dev.longhaul.cli.render.KitText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import dev.longhaul.restore.kit.KitPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul kit create}.
 */
@Command(name = "create", header = "Write the recovery kit of a cluster, encrypted.", description = { "",
		"Holds what restoring a lost cluster begins with: the backup target and its key, the Git repository, the Secrets "
				+ "that nothing else can make, the chart versions, what a new cluster is begun with, and what to do in words. Secrets come from the cluster, "
				+ "from files or from the environment, never from arguments.",
		"",
		"The key is tried on the target first. Beside the backups it is recorded that there is a kit, for whom, and a "
				+ "slow salted hash of the target's credentials, by which the server says when the kit is older than they "
				+ "are. Keep the kit, and what opens it, where neither goes with the cluster.",
		"" }, footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul kit create --cluster home --kubeconfig ~/.kube/config --secret bitwarden/bitwarden-cli %n"
						+ "      --secret gitea/gitea-admin-secret --git-url https://gitea.example.org/me/homelab.git %n"
						+ "      --bootstrap tools/bootstrap --bootstrap-values my-values.yaml %n"
						+ "      --argocd-values argocd/values.yaml --to kit.age --page kit.html",
				"  longhaul kit create s3://longhorn-backups@eu-central-003/longhorn --cluster home --to kit.age %n"
						+ "      --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p %n"
						+ "      --secret bitwarden/bitwarden-cli=./bitwarden" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the kit is written, and recorded unless --offline was given",
				"2:wrong usage, something that is named is not there, or no place for the file",
				"3:the target or the cluster could not be reached or refused; with the target, there is no new kit" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class CreateKitCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Mixin
	private final KitContentOption content = new KitContentOption();

	@Mixin
	private final KitLockOption locking = new KitLockOption();

	@Option(names = "--to", required = true, paramLabel = "FILE", description = "The kit.")
	private Path file;

	@Option(names = "--page", paramLabel = "FILE",
			description = "Write the page that is printed and put away with it, too: HTML, without any secret.")
	private @Nullable Path page;

	@Option(names = "--with-passphrase",
			description = "The page holds the passphrase. Then whoever has the page and the kit has everything.")
	private boolean withPassphrase;

	@Option(names = "--replace", description = "Files that are there may go. Without it nothing is overwritten.")
	private boolean replace;

	@Option(names = "--offline", description = "Neither try the key on the target nor record the kit there.")
	private boolean offline;

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Option(names = "--sign", paramLabel = "FILE",
			description = "The private key (Ed25519, PEM) that what is recorded beside the backups is signed with; its "
					+ "public key is named by --trust.")
	private @Nullable Path signingKey;

	@Mixin
	private final FormatOption format = new FormatOption();

	CreateKitCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		requireSense();
		Seal seal = seal();
		Kit kit = content.gather(locking.recipients().stream().distinct().toList(), publicKeys(), surroundings);
		if (!offline) {
			tryKey(kit);
		}
		AgeLock lock = locking.lock(surroundings, prompt);
		KitFile locked = KitFile.lock(kit, lock);
		showPassphrase(lock, locked);
		locked.write(file, replace);
		if (!offline) {
			record(kit, locked, seal);
		}
		writePage(kit, locked, lock);
		report(kit, locked);
		return ExitStatus.PROVEN.code();
	}

	/** Before anything is asked for or read. */
	private void requireSense() {
		if (withPassphrase && (page == null || !locking.recipients().isEmpty())) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no page or no passphrase to be put on it",
					"give --page FILE with --with-passphrase, and no --recipient");
		}
		if (locking.isGenerated() && format.isJson()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"a passphrase that is made is shown to a person, and never in JSON",
					"leave --output json out, or give --passphrase-file");
		}
		if (!replace) {
			requireNew(file);
			if (page != null) {
				requireNew(page);
			}
		}
	}

	/** Sooner than after the passphrase was typed twice. */
	private static void requireNew(Path place) {
		if (Files.exists(place)) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(place),
					"choose another name, or give --replace; until the new one is whole the old one stays");
		}
	}

	private Seal seal() {
		if (signingKey == null) {
			return Seal.none();
		}
		if (trust.files().isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "a signing key is given and no public key",
					"name the public key of it with --trust");
		}
		return Seal.of(SigningKey.read(signingKey), TrustedKeys.read(trust.files()));
	}

	/** As they are: others compare them. */
	private List<String> publicKeys() {
		List<String> keys = new ArrayList<>();
		for (Path key : trust.files()) {
			TrustedKeys.read(List.of(key));
			try {
				keys.add(Files.readString(key));
			}
			catch (IOException ex) {
				throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
						"the key '%s' cannot be read".formatted(key), "name a public key in PEM", ex);
			}
		}
		return keys;
	}

	/** A list call. */
	private void tryKey(Kit kit) {
		targets.with(kit.bucket().url(), kit.bucket().reveal(),
				(store, layout) -> new Listing(store, layout.backupstorePrefix()).hasNext());
	}

	/** Before there is a file that only it opens. */
	private void showPassphrase(AgeLock lock, KitFile locked) {
		if (locking.isGenerated() && lock instanceof AgeLock.WithPassphrase made) {
			surroundings.output()
				.print("The passphrase of kit %s, shown this once:\n\n    %s\n\n".formatted(locked.id(),
						made.passphrase().secret().revealText()));
		}
	}

	private void writePage(Kit kit, KitFile locked, AgeLock lock) {
		if (page != null) {
			Passphrase shown = (withPassphrase && lock instanceof AgeLock.WithPassphrase made) ? made.passphrase()
					: null;
			KitPage made = (shown != null) ? KitPage.withPassphrase(kit, locked.id(), shown)
					: KitPage.of(kit, locked.id());
			made.write(page, replace);
		}
	}

	/**
	 * After the kit is there: a record of one that is not would say that all is well.
	 */
	private void record(Kit kit, KitFile locked, Seal seal) {
		KitRecord made = kit.record(locked.id(), new SecureRandom());
		try {
			targets.with(kit.bucket().url(), kit.bucket().reveal(), (store, layout) -> {
				new KitRecordFile(store, layout, surroundings.pause(), seal).write(made);
				return made;
			});
		}
		catch (LonghaulException ex) {
			surroundings.errors()
				.println("note: kit %s is whole in %s, and could not be recorded beside the backups"
					.formatted(locked.id(), Printable.of(file.toString())));
			throw ex;
		}
	}

	private void report(Kit kit, KitFile locked) {
		if (format.isJson()) {
			new KitJson(surroundings.output()).written(kit, locked, file, page, !offline);
		}
		else {
			surroundings.output().print(new KitText(surroundings).written(kit, locked, file, page, !offline));
		}
		KitText.notes(kit).forEach(note -> surroundings.errors().println(Printable.of(note)));
	}

}
