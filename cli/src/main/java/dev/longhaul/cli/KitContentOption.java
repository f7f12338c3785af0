package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.Manifests;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitBucket;
import dev.longhaul.restore.kit.KitLonghorn;
import dev.longhaul.restore.kit.KitRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What goes into a new recovery kit: from the cluster, from files and from the
 * environment, never from an argument.
 */
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class KitContentOption {

	private static final String GIT_URL = "LONGHAUL_GIT_URL";

	private static final Map<String, String> GIT_VARIABLES = Map.of("username", "LONGHAUL_GIT_USERNAME", "password",
			"LONGHAUL_GIT_PASSWORD");

	/** Those that Longhorn takes out of its credential Secret. */
	private static final List<String> VARIABLES = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINTS",
			"AWS_CERT", "VIRTUAL_HOSTED_STYLE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY");

	private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

	@Parameters(paramLabel = "URL", arity = "0..1",
			description = "The backup target, opened by the variables of the environment. Left out with --kubeconfig: then "
					+ "it is Longhorn's, with the Secret that Longhorn opens it with.")
	private @Nullable TargetUrl url;

	@Option(names = "--cluster", required = true, paramLabel = "NAME",
			description = "What the cluster is called, as 'home'. The one that takes its place is called the same.")
	private ClusterName name;

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--backup-target", paramLabel = "NAME", defaultValue = "default",
			description = "Longhorn's backup target. Default: ${DEFAULT-VALUE}.")
	private String target = "default";

	@Option(names = "--credential-secret", paramLabel = "NAME", defaultValue = "longhorn-backup-credentials",
			description = "Without --kubeconfig: what the Secret of the target will be called. Default: "
					+ "${DEFAULT-VALUE}.")
	private String credentialSecret = "longhorn-backup-credentials";

	@Option(names = "--secret", paramLabel = "NAMESPACE/NAME[=DIR]",
			description = "A Secret of the cluster, or one with the files of a directory, which has to be there before "
					+ "anything can make it: that of bitwarden-cli, Gitea's admin, Argo CD's repository. May be repeated.")
	private List<SecretOption> secrets = List.of();

	@Option(names = "--argocd-namespace", paramLabel = "NAME", defaultValue = "argocd",
			description = "Whose Applications say which charts are in force. Default: ${DEFAULT-VALUE}.")
	private String argo = "argocd";

	@Mixin
	private final BootstrapOption beginning = new BootstrapOption();

	@Option(names = "--git-url", paramLabel = "URL",
			description = "The repository that the cluster is deployed from. Default: the variable " + GIT_URL + ".")
	private @Nullable String gitUrl;

	@Option(names = "--git-branch", paramLabel = "BRANCH", description = "Default: the one the repository points to.")
	private @Nullable String gitBranch;

	@Option(names = "--git-credentials", paramLabel = "DIR",
			description = "A directory as a Secret is mounted, with username and password, or a private key and "
					+ "known_hosts. Default: the variables LONGHAUL_GIT_USERNAME and LONGHAUL_GIT_PASSWORD.")
	private @Nullable Path gitCredentials;

	@Option(names = "--notes", paramLabel = "FILE",
			description = "A text of yours that goes into the kit and onto its page, so no secret.")
	private @Nullable Path notes;

	/**
	 * @param signingKeys public ones, in PEM
	 * @throws RefusedRequest if something that is named is not there or cannot be read
	 */
	Kit gather(List<Recipient> recipients, List<String> signingKeys, Surroundings surroundings) {
		Optional<LonghornConnection> opened = cluster.open(surroundings);
		try (LonghornConnection there = opened.orElse(null)) {
			Source source = (there != null) ? fromCluster(there) : fromEnvironment(surroundings);
			List<DeployedChart> charts = charts(there);
			Manifests manifests = beginning.manifests();
			return new Kit(surroundings.clock().instant(), name, recipients, source.bucket(), source.longhorn(),
					repository(surroundings), secrets(there, manifests, source), charts,
					new Bootstrap(manifests.objects(), beginning.argo(argo, charts).orElse(null)), signingKeys,
					notes());
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()),
					"'longhaul kit create --help' shows what goes into a kit", ex);
		}
	}

	/**
	 * Those of the options, and of the bootstrap those that no option names. The target's
	 * own is in the kit already, as it was found to open the target.
	 */
	private List<NamedSecret> secrets(@Nullable LonghornConnection there, Manifests manifests, Source source) {
		List<NamedSecret> all = new ArrayList<>(secrets.stream().map(secret -> read(secret, there)).toList());
		Set<SecretRef> named = all.stream().map(NamedSecret::ref).collect(Collectors.toCollection(HashSet::new));
		named.add(source.longhorn().credentials());
		manifests.secrets().stream().filter(secret -> !named.contains(secret.ref())).forEach(all::add);
		return all;
	}

	private Source fromCluster(LonghornConnection there) {
		BackupTarget found = there.cluster()
			.backupTargets()
			.stream()
			.filter(each -> each.name().equals(target))
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
					"Longhorn has no backup target '%s'".formatted(target),
					"kubectl -n %s get backuptargets.longhorn.io shows those it has".formatted(cluster.namespace())));
		TargetUrl itsUrl = TargetUrl.parse(found.url());
		if (url != null && !url.equals(itsUrl)) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"Longhorn's backup target '%s' is %s and not %s".formatted(target, itsUrl, url),
					"leave the URL out, or name another target with --backup-target");
		}
		if (found.credentialSecret().isEmpty()) {
			return new Source(new KitBucket(itsUrl, new TreeMap<>()), longhorn(credentialSecret));
		}
		SecretRef ref = new SecretRef(cluster.namespace(), found.credentialSecret());
		return new Source(new KitBucket(itsUrl, variables(find(ref, there))), new KitLonghorn(target, ref));
	}

	/** What else may lie in that Secret is none of Longhorn's. */
	private static SortedMap<String, Secret> variables(NamedSecret credentials) {
		SortedMap<String, Secret> variables = new TreeMap<>(credentials.data());
		variables.keySet().removeIf(variable -> !VARIABLE.matcher(variable).matches());
		return variables;
	}

	private Source fromEnvironment(Surroundings surroundings) {
		if (url == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which backup target the kit is to open",
					"name it: longhaul kit create s3://bucket@region/path, or the cluster with --kubeconfig");
		}
		SortedMap<String, Secret> variables = new TreeMap<>();
		for (String variable : (url instanceof TargetUrl.S3) ? VARIABLES : List.<String>of()) {
			String value = surroundings.environment().getOrDefault(variable, "");
			if (!value.isEmpty()) {
				variables.put(variable, Secret.of(variable.equals("AWS_CERT") ? certificate(value) : value));
			}
		}
		return new Source(new KitBucket(url, variables), longhorn(credentialSecret));
	}

	private KitLonghorn longhorn(String secret) {
		return new KitLonghorn(target, new SecretRef(cluster.namespace(), secret));
	}

	/** A path would mean nothing on another machine. */
	private static String certificate(String value) {
		return value.startsWith("-----BEGIN") ? value : text(Path.of(value), "the certificates");
	}

	private static NamedSecret read(SecretOption option, @Nullable LonghornConnection there) {
		if (option.directory() != null) {
			return new NamedSecret(option.ref(), NamedSecret.OPAQUE, SecretOption.read(option.directory()));
		}
		if (there == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"Secret %s is to be read, and no cluster is named".formatted(option.ref()),
					"name it with --kubeconfig, or give its files: --secret %s=DIR".formatted(option.ref()));
		}
		return find(option.ref(), there);
	}

	private static NamedSecret find(SecretRef ref, LonghornConnection there) {
		return there.namedSecrets()
			.find(ref)
			.orElseThrow(
					() -> new RefusedRequest(FailureCode.INVALID_USAGE, "the cluster has no Secret %s".formatted(ref),
							"kubectl -n %s get secrets shows those it has".formatted(ref.namespace())));
	}

	private List<DeployedChart> charts(@Nullable LonghornConnection there) {
		return (there != null) ? there.deployedCharts().charts(argo) : List.of();
	}

	private @Nullable KitRepository repository(Surroundings surroundings) {
		String named = (gitUrl != null) ? gitUrl : surroundings.environment().getOrDefault(GIT_URL, "");
		if (named.isEmpty()) {
			return null;
		}
		return new KitRepository(named, gitBranch,
				(gitCredentials != null) ? SecretOption.read(gitCredentials) : gitVariables(surroundings));
	}

	private static SortedMap<String, Secret> gitVariables(Surroundings surroundings) {
		SortedMap<String, Secret> credentials = new TreeMap<>();
		GIT_VARIABLES.forEach((file, variable) -> {
			String value = surroundings.environment().getOrDefault(variable, "");
			if (!value.isEmpty()) {
				credentials.put(file, Secret.of(value));
			}
		});
		return credentials;
	}

	private String notes() {
		return (notes != null) ? text(notes, "the notes") : "";
	}

	private static String text(Path file, String what) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(Kit.LARGEST_SECRET + 1);
			if (bytes.length > Kit.LARGEST_SECRET) {
				throw new IOException("more than %d bytes".formatted(Kit.LARGEST_SECRET));
			}
			return new String(bytes, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"%s in '%s' cannot be read: %s".formatted(what, file, ex.getMessage()),
					"name a small file that is yours to read", ex);
		}
	}

	/** The target, and what it is called in Longhorn. */
	private record Source(KitBucket bucket, KitLonghorn longhorn) {

	}

}
