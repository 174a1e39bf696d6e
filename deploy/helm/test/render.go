// Package test renders the chart as Helm does and reads its manifests as Kubernetes does, without a cluster.
package test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"
)

const chartFolder = "../im-callback-console"

// Unknown, repeated and misspelt fields are faults.
var decoder = serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

// render returns the objects of a release, in the order of the files.
func render(valuesFile string) ([]runtime.Object, error) {
	text, err := os.ReadFile("values/" + valuesFile)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	if err := yaml.UnmarshalStrict(text, &values); err != nil {
		return nil, err
	}
	return renderWith(values)
}

func renderWith(values map[string]any) ([]runtime.Object, error) {
	chart, err := loader.Load(chartFolder)
	if err != nil {
		return nil, err
	}
	release := chartutil.ReleaseOptions{Name: "im", Namespace: "callbacks", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(chart, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	rendered, err := (engine.Engine{Strict: true}).Render(chart, all)
	if err != nil {
		return nil, err
	}
	objects := []runtime.Object{}
	for _, file := range slices.Sorted(maps.Keys(rendered)) {
		if !strings.HasSuffix(file, ".yaml") {
			continue
		}
		decoded, err := decode(rendered[file])
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", file, err, rendered[file])
		}
		objects = append(objects, decoded...)
	}
	return objects, nil
}

func decode(text string) ([]runtime.Object, error) {
	objects := []runtime.Object{}
	for _, document := range strings.Split("\n"+text, "\n---") {
		content := map[string]any{}
		if err := yaml.UnmarshalStrict([]byte(document), &content); err != nil {
			return nil, err
		}
		if len(content) == 0 {
			continue
		}
		object, _, err := decoder.Decode(bytes.TrimSpace([]byte(document)), nil, nil)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}
