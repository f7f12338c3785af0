package dev.longhaul.longhorn.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.connection.ServiceAccount;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import dev.longhaul.longhorn.testing.VolumeClusterContract;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Against a real kube-apiserver, without Longhorn: what is asked for stays as asked.
 */
class LonghornVolumeClusterIT extends VolumeClusterContract {

	private static final ClusterClients CLIENTS = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC());

	@TempDir
	private static Path directory;

	private static RealApi api;

	private static KubernetesClient admin;

	private static String hintBeforeInstallation;

	@BeforeAll
	static void installLonghorn() {
		api = RealApi.startOrAbort(directory);
		admin = api.admin();
		hintBeforeInstallation = catchThrowableOfType(RefusedRequest.class,
				() -> clusterOf(admin, LonghornResources.NAMESPACE).findBackup(new BackupName("any-backup")))
			.hint();
		LonghornResources.install(admin);
		LonghornResources.put(admin, "two-volumes.yaml");
		LonghornResources.putClaim(admin, new ClaimRef("vault", "data"));
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Override
	protected VolumeCluster cluster() {
		return clusterOf(admin, LonghornResources.NAMESPACE);
	}

	@Override
	protected VolumeName volume() {
		return new VolumeName("vault-data");
	}

	@Override
	protected ClaimRef claim() {
		return new ClaimRef("vault", "data");
	}

	@Override
	protected Map<String, String> labels() {
		return LonghornResources.CLAIM_LABELS;
	}

	@Override
	protected VolumeName otherVolume() {
		return new VolumeName("mail-data");
	}

	@Override
	protected String target() {
		return "default";
	}

	@Test
	void itsKindsAreStructuralAndServed() {
		assertThat(admin.apiextensions().v1().customResourceDefinitions().list().getItems()).hasSize(10)
			.allSatisfy(definition -> assertThat(definition.getStatus().getConditions())
				.noneMatch(condition -> condition.getType().equals("NonStructuralSchema"))
				.anyMatch(condition -> condition.getType().equals("Established")
						&& condition.getStatus().equals("True")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1.6", "v1.8", "v1.9", "v1.12" })
	void itsKindsAcceptAndKeepWhatEachReleaseWrites(String release) {
		String namespace = "longhorn-" + release.replace('.', '-');
		createNamespace(namespace);

		assertThatNoException().isThrownBy(() -> LonghornResources.put(admin, release + ".yaml", namespace));

		VolumeCluster cluster = clusterOf(admin, namespace);
		assertThat(cluster.longhornVersion()).startsWith(release);
		assertThat(cluster.volumes()).hasSize(1);
		assertThat(cluster.backups()).isNotEmpty();
	}

	@Test
	void itsKindsKeepFieldsTheyDoNotList() {
		createNamespace("longhorn-unlisted");
		LonghornResources.put(admin, "v1.12.yaml", "longhorn-unlisted");

		GenericKubernetesResource volume = objects("Volume", "longhorn-unlisted").withName("vault-data").require();

		assertThat(volume.<String>get("spec", "dataLayout", "mode")).isEqualTo("raid1");
		assertThat(volume.<String>get("spec", "topologyRequirement", 0, "zone")).isEqualTo("a");
		assertThat(volume.<String>get("status", "switchoverState")).isEqualTo("preparing");
	}

	@Test
	void aStatusIsWrittenApartFromItsObject() {
		BackupRequest request = new BackupRequest(new BackupName("status-apart"), volume(), new SnapshotName("any"),
				target(), Map.of());
		cluster().makeBackup(request);
		Resource<GenericKubernetesResource> backup = objects("Backup", LonghornResources.NAMESPACE)
			.withName("status-apart");

		backup.edit(object -> with(object, "status", Map.of("state", "Completed")));
		assertThat(cluster().findBackup(request.name())).map(Backup::state).contains(BackupState.NEW);

		backup.editStatus(object -> with(object, "status", Map.of("state", "InProgress", "progress", 42)));
		assertThat(cluster().findBackup(request.name())).map(Backup::state).contains(BackupState.IN_PROGRESS);
		assertThat(cluster().findBackup(request.name())).map(Backup::snapshot).contains(request.snapshot());
	}

	@Test
	void listsMoreThanOnePage() {
		createNamespace("longhorn-many");
		int many = LonghornApi.PAGE_SIZE * 2 + 1;
		IntStream.range(0, many)
			.parallel()
			.forEach(i -> LonghornResources.put(admin, bareBackup("longhorn-many", "backup-%04d".formatted(i))));

		List<Backup> backups = clusterOf(admin, "longhorn-many").backups();

		assertThat(backups).hasSize(many).extracting(Backup::name).isSorted();
		assertThat(backups).extracting(Backup::name).doesNotHaveDuplicates();
	}

	@Test
	void namesTheMissingRight() throws IOException {
		try (KubernetesClient reader = CLIENTS.fromKubeconfig(restrictedKubeconfig(), null,
				CredentialPlugins.REFUSED)) {
			VolumeCluster restricted = clusterOf(reader, LonghornResources.NAMESPACE);

			assertThat(restricted.volumes()).isNotEmpty();
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(restricted::backups)
				.withMessage("the cluster did not list backups.longhorn.io in namespace 'longhorn-system': "
						+ "backups.longhorn.io is forbidden: User \"system:serviceaccount:longhorn-system:reader\" "
						+ "cannot list resource \"backups\" in API group \"longhorn.io\" in the namespace \"longhorn-system\"")
				.satisfies(failure -> assertThat(failure.hint())
					.isEqualTo("allow the verb 'list' on 'backups' of API group 'longhorn.io' in namespace "
							+ "'longhorn-system', in a Role bound to this user"));
		}
	}

	@Test
	void isRefusedWithATokenNobodyKnows() throws IOException {
		Path kubeconfig = kubeconfigWith("token: made-up");
		try (KubernetesClient stranger = CLIENTS.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED)) {
			VolumeCluster cluster = clusterOf(stranger, LonghornResources.NAMESPACE);

			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
				.withMessageEndingWith(": Unauthorized");
		}
	}

	@Test
	void worksFromInsideAPod() throws IOException {
		Path mounted = Files.createDirectories(directory.resolve("mounted"));
		Files.copy(api.controlPlane().pki().resolve("ca.crt"), mounted.resolve("ca.crt"));
		Files.writeString(mounted.resolve("token"), adminToken());
		ServiceAccount account = new ServiceAccount("127.0.0.1", String.valueOf(admin.getMasterUrl().getPort()),
				mounted);

		try (KubernetesClient pod = CLIENTS.inCluster(account)) {
			assertThat(clusterOf(pod, LonghornResources.NAMESPACE).volumes()).isNotEmpty();
		}
	}

	/** k3s writes certificates and keys of elliptic curves into its kubeconfig. */
	@Test
	void worksWithACertificateAsK3sIssuesIt() throws IOException, InterruptedException {
		Path pki = api.controlPlane().pki();
		openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", directory.resolve("k3s.key"));
		openssl("req", "-new", "-key", directory.resolve("k3s.key"), "-subj", "/O=system:masters/CN=k3s-admin", "-out",
				directory.resolve("k3s.csr"));
		openssl("x509", "-req", "-in", directory.resolve("k3s.csr"), "-CA", pki.resolve("ca.crt"), "-CAkey",
				pki.resolve("ca.key"), "-set_serial", "7", "-days", "1", "-out", directory.resolve("k3s.crt"));
		Path kubeconfig = kubeconfigWith("client-certificate-data: %s\n    client-key-data: %s"
			.formatted(base64(directory.resolve("k3s.crt")), base64(directory.resolve("k3s.key"))));

		try (KubernetesClient k3s = CLIENTS.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED)) {
			assertThat(clusterOf(k3s, LonghornResources.NAMESPACE).volumes()).isNotEmpty();
		}
	}

	@Test
	void isRefusedByAClientThatDoesNotKnowTheServersAuthority() throws IOException {
		Path kubeconfig = Files.writeString(directory.resolve("no-authority"),
				Files.readString(kubeconfigWith("token: " + adminToken()))
					.replaceAll("certificate-authority-data: .*", ""));
		try (KubernetesClient wary = CLIENTS.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED)) {
			VolumeCluster cluster = clusterOf(wary, LonghornResources.NAMESPACE);

			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
				.satisfies(failure -> assertThat(failure.hint())
					.isEqualTo("check the server's address and the certificate authority in the kubeconfig"));
		}
	}

	@Test
	void saysWhereLonghornIsNotInstalled() {
		assertThat(hintBeforeInstallation).isEqualTo("check that Longhorn is installed in namespace "
				+ "'longhorn-system': kubectl get crd backups.longhorn.io");
	}

	private static VolumeCluster clusterOf(KubernetesClient client, String namespace) {
		return new LonghornVolumeCluster(client, namespace, Clock.systemUTC());
	}

	private static void createNamespace(String name) {
		admin.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
	}

	private static NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> objects(
			String kind, String namespace) {
		return admin.genericKubernetesResources("longhorn.io/v1beta2", kind).inNamespace(namespace);
	}

	private static GenericKubernetesResource with(GenericKubernetesResource object, String field, Object value) {
		object.setAdditionalProperty(field, value);
		return object;
	}

	private static GenericKubernetesResource bareBackup(String namespace, String name) {
		GenericKubernetesResource backup = new GenericKubernetesResource();
		backup.setApiVersion("longhorn.io/v1beta2");
		backup.setKind("Backup");
		backup.setMetadata(new ObjectMetaBuilder().withName(name)
			.withNamespace(namespace)
			.withLabels(Map.of("backup-volume", "vault-data"))
			.build());
		return backup;
	}

	/** Of a service account that may only read volumes. */
	private static Path restrictedKubeconfig() throws IOException {
		admin.load(Objects.requireNonNull(LonghornVolumeClusterIT.class.getResourceAsStream("/volume-reader.yaml")))
			.create();
		String answer = admin.raw("/api/v1/namespaces/longhorn-system/serviceaccounts/reader/token", "POST",
				Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest", "spec",
						Map.of("expirationSeconds", 3600)));
		String token = admin.getKubernetesSerialization()
			.unmarshal(answer, GenericKubernetesResource.class)
			.get("status", "token");
		return kubeconfigWith("token: " + token);
	}

	/** The administrator's kubeconfig with another user. */
	private static Path kubeconfigWith(String user) throws IOException {
		return Files.writeString(directory.resolve("kubeconfig-" + Integer.toHexString(user.hashCode())), """
				apiVersion: v1
				kind: Config
				current-context: test
				contexts: [{name: test, context: {cluster: test, user: test}}]
				clusters:
				- name: test
				  cluster:
				    server: %s
				    certificate-authority-data: %s
				users:
				- name: test
				  user:
				    %s
				""".formatted(admin.getMasterUrl(), base64(api.controlPlane().pki().resolve("ca.crt")), user));
	}

	private static String adminToken() throws IOException {
		return Files.readString(api.controlPlane().kubeconfig().resolveSibling("admin.token")).strip();
	}

	private static String base64(Path file) throws IOException {
		return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
	}

	private static void openssl(Object... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("openssl"));
		Arrays.stream(arguments).map(Object::toString).forEach(command::add);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("openssl.log").toFile())
			.start();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(command.toString()).isZero();
	}

}
