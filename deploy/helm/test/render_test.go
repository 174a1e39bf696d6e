package test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

func mustRender(t *testing.T, valuesFile string) []runtime.Object {
	t.Helper()
	objects, err := render(valuesFile)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

func named[T metav1.Object](t *testing.T, objects []runtime.Object, name string) T {
	t.Helper()
	for _, object := range objects {
		if typed, ok := object.(T); ok && typed.GetName() == name {
			return typed
		}
	}
	t.Fatalf("there is no %T %s", *new(T), name)
	panic("unreachable")
}

func count[T runtime.Object](objects []runtime.Object) int {
	found := 0
	for _, object := range objects {
		if _, ok := object.(T); ok {
			found++
		}
	}
	return found
}

// podsOf returns the pods that the release runs, by the name of their container.
func podsOf(objects []runtime.Object) map[string]corev1.PodTemplateSpec {
	pods := map[string]corev1.PodTemplateSpec{}
	for _, object := range objects {
		switch typed := object.(type) {
		case *appsv1.Deployment:
			pods[typed.Spec.Template.Spec.Containers[0].Name] = typed.Spec.Template
		case *batchv1.Job:
			pods[typed.Spec.Template.Spec.Containers[0].Name] = typed.Spec.Template
		}
	}
	return pods
}

func envOf(pod corev1.PodTemplateSpec) map[string]string {
	env := map[string]string{}
	for _, variable := range pod.Spec.Containers[0].Env {
		env[variable.Name] = variable.Value
	}
	return env
}

var valueFiles = []string{"minimal.yaml", "path.yaml", "everything.yaml", "plain.yaml"}

func TestEveryValueFileOfThisFolderIsRendered(t *testing.T) {
	entries, err := os.ReadDir("values")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(valueFiles) {
		t.Fatalf("%d files, %d are rendered", len(entries), len(valueFiles))
	}
}

func TestManifestsAreValidAndTheirPodsRestricted(t *testing.T) {
	for _, file := range valueFiles {
		t.Run(file, func(t *testing.T) {
			for name, pod := range podsOf(mustRender(t, file)) {
				checkPod(t, name, pod)
			}
		})
	}
}

// checkPod demands the profile "restricted" of the Pod Security Standards, and bounds.
func checkPod(t *testing.T, name string, pod corev1.PodTemplateSpec) {
	t.Helper()
	security := pod.Spec.SecurityContext
	if security == nil || !*security.RunAsNonRoot || *security.RunAsUser == 0 || security.SeccompProfile.Type != "RuntimeDefault" {
		t.Errorf("%s: the pod is not restricted", name)
	}
	if *pod.Spec.AutomountServiceAccountToken {
		t.Errorf("%s: it gets a token of the cluster", name)
	}
	for _, container := range pod.Spec.Containers {
		own := container.SecurityContext
		if *own.AllowPrivilegeEscalation || !*own.ReadOnlyRootFilesystem || !slices.Equal(own.Capabilities.Drop, []corev1.Capability{"ALL"}) {
			t.Errorf("%s: the container is not restricted", name)
		}
		if container.Resources.Limits.Memory().IsZero() || container.Resources.Requests.Cpu().IsZero() {
			t.Errorf("%s: no bounds", name)
		}
		if name != "migrations" && (container.LivenessProbe == nil || container.ReadinessProbe == nil || container.StartupProbe == nil) {
			t.Errorf("%s: no probes", name)
		}
	}
}

func TestSelectorsFindTheirPods(t *testing.T) {
	for _, file := range valueFiles {
		objects := mustRender(t, file)
		pods := podsOf(objects)
		for _, object := range objects {
			var selector labels.Selector
			switch typed := object.(type) {
			case *appsv1.Deployment:
				selector, _ = metav1.LabelSelectorAsSelector(typed.Spec.Selector)
			case *policyv1.PodDisruptionBudget:
				selector, _ = metav1.LabelSelectorAsSelector(typed.Spec.Selector)
			case *networkingv1.NetworkPolicy:
				selector, _ = metav1.LabelSelectorAsSelector(&typed.Spec.PodSelector)
			case *corev1.Service:
				selector = labels.SelectorFromSet(typed.Spec.Selector)
			default:
				continue
			}
			found := 0
			for _, pod := range pods {
				if selector.Matches(labels.Set(pod.Labels)) {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%s: %T %s selects %d kinds of pods", file, object, object.(metav1.Object).GetName(), found)
			}
		}
	}
}

func TestSecretsAreRequired(t *testing.T) {
	_, err := renderWith(map[string]any{})
	if err == nil || !strings.Contains(err.Error(), "set secrets.DATABASE_URL, or existingSecret") {
		t.Fatalf("rendered without secrets: %v", err)
	}
}

func TestSecretsReachThePodsAndOthersRestart(t *testing.T) {
	objects := mustRender(t, "everything.yaml")
	secret := named[*corev1.Secret](t, objects, "im-im-callback-console")
	if secret.StringData["ADMIN_PASSWORD"] != `a "quoted" password: with #` {
		t.Errorf("the password is %q", secret.StringData["ADMIN_PASSWORD"])
	}
	pods := podsOf(objects)
	for _, name := range []string{"api", "worker"} {
		if from := pods[name].Spec.Containers[0].EnvFrom[0].SecretRef.Name; from != secret.Name {
			t.Errorf("%s reads %s", name, from)
		}
		if pods[name].Annotations["checksum/secrets"] == "" {
			t.Errorf("%s does not restart with other secrets", name)
		}
	}
	hook := named[*corev1.Secret](t, objects, "im-im-callback-console-migrations")
	if !maps.Equal(hook.StringData, secret.StringData) {
		t.Error("the migrations have other secrets")
	}
	if _, hasOwn := envOf(pods["api"])["ADMIN_PASSWORD"]; hasOwn {
		t.Error("the API does not get the password of the first admin")
	}
	if value, hasOwn := envOf(pods["worker"])["ADMIN_PASSWORD"]; !hasOwn || value != "" {
		t.Error("workers get the password of the first admin")
	}
}

func TestAnExistingSecretIsUsedAlone(t *testing.T) {
	objects := mustRender(t, "path.yaml")
	if count[*corev1.Secret](objects) != 0 {
		t.Error("there is a Secret besides")
	}
	for name, pod := range podsOf(objects) {
		if from := pod.Spec.Containers[0].EnvFrom[0].SecretRef.Name; from != "im-callback" {
			t.Errorf("%s reads %s", name, from)
		}
	}
}

func TestSettingsAreTextAndReachEveryPod(t *testing.T) {
	for name, pod := range podsOf(mustRender(t, "everything.yaml")) {
		env := envOf(pod)
		if env["RETENTION_EVENTS_DAYS"] != "60" || env["TRUST_PROXY"] != "2" || env["PUBLIC_URL"] != "https://callbacks.example.com" {
			t.Errorf("%s: %v", name, env)
		}
	}
}

func TestIngressFollowsThePublicUrl(t *testing.T) {
	for file, want := range map[string][2]string{
		"path.yaml":       {"tools.example.com", "/im"},
		"everything.yaml": {"callbacks.example.com", "/"},
	} {
		ingress := named[*networkingv1.Ingress](t, mustRender(t, file), "im-im-callback-console")
		rule := ingress.Spec.Rules[0]
		path := rule.HTTP.Paths[0]
		if rule.Host != want[0] || path.Path != want[1] || *path.PathType != networkingv1.PathTypePrefix {
			t.Errorf("%s: %s%s", file, rule.Host, path.Path)
		}
		if path.Backend.Service.Name != "im-im-callback-console" || path.Backend.Service.Port.Name != "http" {
			t.Errorf("%s: it leads to %v", file, path.Backend.Service)
		}
		if !slices.Equal(ingress.Spec.TLS[0].Hosts, []string{want[0]}) {
			t.Errorf("%s: TLS of %v", file, ingress.Spec.TLS)
		}
	}
	if count[*networkingv1.Ingress](mustRender(t, "minimal.yaml")) != 0 {
		t.Error("an Ingress that nobody asked for")
	}
}

func TestWorkersScaleByTheQueueAndWhatIsOverdue(t *testing.T) {
	objects := mustRender(t, "everything.yaml")
	scaler := named[*autoscalingv2.HorizontalPodAutoscaler](t, objects, "im-im-callback-console-worker")
	described := []string{}
	for _, metric := range scaler.Spec.Metrics {
		target := metric.External.Target
		quantity := target.Value
		if target.AverageValue != nil {
			quantity = target.AverageValue
		}
		described = append(described, fmt.Sprintf("%s %s", metric.External.Metric.Name, quantity))
	}
	want := []string{"im_callback_queue_depth 500", "im_callback_oldest_overdue_seconds 30"}
	if !slices.Equal(described, want) {
		t.Errorf("by %v", described)
	}
	for _, role := range []string{"api", "worker"} {
		deployment := named[*appsv1.Deployment](t, objects, "im-im-callback-console-"+role)
		if deployment.Spec.Replicas != nil {
			t.Errorf("the number of %ss is set besides", role)
		}
	}
	fixed := named[*appsv1.Deployment](t, mustRender(t, "minimal.yaml"), "im-im-callback-console-worker")
	if *fixed.Spec.Replicas != 2 {
		t.Errorf("%d workers", *fixed.Spec.Replicas)
	}
}

func TestMigrationsRunBeforeEverything(t *testing.T) {
	job := named[*batchv1.Job](t, mustRender(t, "minimal.yaml"), "im-im-callback-console-migrations")
	if job.Annotations["helm.sh/hook"] != "pre-install,pre-upgrade" {
		t.Errorf("hook %q", job.Annotations["helm.sh/hook"])
	}
	container := job.Spec.Template.Spec.Containers[0]
	if container.Command[len(container.Command)-1] != "dist/main.migrate.js" {
		t.Errorf("runs %v", container.Command)
	}
	if count[*batchv1.Job](mustRender(t, "plain.yaml")) != 0 {
		t.Error("a job that was switched off")
	}
}

func TestNetworkPoliciesNameWhoMayReachWhom(t *testing.T) {
	objects := mustRender(t, "everything.yaml")
	api := named[*networkingv1.NetworkPolicy](t, objects, "im-im-callback-console-api")
	if len(api.Spec.Ingress) != 2 || len(api.Spec.Ingress[0].From) != 1 {
		t.Errorf("into the api: %v", api.Spec.Ingress)
	}
	worker := named[*networkingv1.NetworkPolicy](t, objects, "im-im-callback-console-worker")
	if len(worker.Spec.Ingress) != 1 || len(worker.Spec.Ingress[0].From) != 1 {
		t.Errorf("into workers: %v", worker.Spec.Ingress)
	}
	blocked := worker.Spec.Egress[3].To[0].IPBlock.Except
	if !slices.Contains(blocked, "169.254.0.0/16") {
		t.Errorf("workers reach the cloud's metadata: all but %v", blocked)
	}
	migrations := named[*networkingv1.NetworkPolicy](t, objects, "im-im-callback-console-migrations")
	if len(migrations.Spec.Egress) != 2 {
		t.Errorf("migrations reach %v", migrations.Spec.Egress)
	}
}

func TestVersionsOfChartAndImageAgree(t *testing.T) {
	pod := podsOf(mustRender(t, "minimal.yaml"))["api"]
	version := pod.Labels["app.kubernetes.io/version"]
	if image := pod.Spec.Containers[0].Image; image != "im-callback-console:"+version {
		t.Errorf("image %s of version %s", image, version)
	}
}
