package dev.longhaul.longhorn.cluster;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import dev.longhaul.longhorn.crd.volumestatus.kubernetesstatus.WorkloadsStatus;
import org.jspecify.annotations.Nullable;

/**
 * The label that tells a restore which claim a backup was of. Longhorn's web interface
 * writes it; a Backup created through the Kubernetes API lacks it unless the client
 * writes it (reference: longhorn-manager, REST handler for backups).
 */
final class KubernetesStatusLabel {

	static final String KEY = "KubernetesStatus";

	private KubernetesStatusLabel() {
	}

	/**
	 * As Go's encoder writes the structure: its order of keys, empty strings for unset.
	 */
	static String value(@Nullable KubernetesStatus status) {
		KubernetesStatus known = (status != null) ? status : new KubernetesStatus();
		ObjectNode json = JsonNodeFactory.instance.objectNode();
		json.put("pvName", Wire.text(known.getPvName()));
		json.put("pvStatus", Wire.text(known.getPvStatus()));
		json.put("namespace", Wire.text(known.getNamespace()));
		json.put("pvcName", Wire.text(known.getPvcName()));
		json.put("lastPVCRefAt", Wire.text(known.getLastPVCRefAt()));
		putWorkloads(json, known.getWorkloadsStatus());
		json.put("lastPodRefAt", Wire.text(known.getLastPodRefAt()));
		return json.toString();
	}

	private static void putWorkloads(ObjectNode json, @Nullable List<@Nullable WorkloadsStatus> workloads) {
		if (workloads == null) {
			json.putNull("workloadsStatus");
			return;
		}
		ArrayNode array = json.putArray("workloadsStatus");
		for (WorkloadsStatus workload : workloads) {
			if (workload != null) {
				array.addObject()
					.put("podName", Wire.text(workload.getPodName()))
					.put("podStatus", Wire.text(workload.getPodStatus()))
					.put("workloadName", Wire.text(workload.getWorkloadName()))
					.put("workloadType", Wire.text(workload.getWorkloadType()));
			}
		}
	}

}
