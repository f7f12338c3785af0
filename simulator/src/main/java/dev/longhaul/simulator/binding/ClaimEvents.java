package dev.longhaul.simulator.binding;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * What is said about a claim. The same again is one event, with the time it was said
 * first.
 */
record ClaimEvents(KubernetesClient client, Clock clock) {

	void warn(PersistentVolumeClaim claim, String reason, String message) {
		say(claim, "Warning", reason, message);
	}

	void tell(PersistentVolumeClaim claim, String reason, String message) {
		say(claim, "Normal", reason, message);
	}

	private void say(PersistentVolumeClaim claim, String type, String reason, String message) {
		String namespace = claim.getMetadata().getNamespace();
		String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
		Event event = new EventBuilder().withNewMetadata()
			.withName(name(claim, reason, message))
			.withNamespace(namespace)
			.endMetadata()
			.withNewInvolvedObject()
			.withApiVersion("v1")
			.withKind("PersistentVolumeClaim")
			.withNamespace(namespace)
			.withName(claim.getMetadata().getName())
			.withUid(claim.getMetadata().getUid())
			.endInvolvedObject()
			.withType(type)
			.withReason(reason)
			.withMessage(message)
			.withNewSource("persistentvolume-controller", null)
			.withFirstTimestamp(now)
			.withLastTimestamp(now)
			.withCount(1)
			.build();
		try {
			client.v1().events().inNamespace(namespace).resource(event).create();
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT) {
				throw ex;
			}
		}
	}

	private static String name(PersistentVolumeClaim claim, String reason, String message) {
		String said = claim.getMetadata().getUid() + reason + message;
		return claim.getMetadata().getName() + "." + UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8));
	}

}
