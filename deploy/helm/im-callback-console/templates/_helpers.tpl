{{- define "im.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "im.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "im.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "im.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "im.selector" -}}
app.kubernetes.io/name: {{ include "im.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "im.labels" -}}
{{ include "im.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "im.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "im.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "im.secretName" -}}
{{- default (include "im.fullname" .) .Values.existingSecret -}}
{{- end -}}

{{/* Secret settings, checked: without them nothing starts. */}}
{{- define "im.secretData" -}}
{{- range $name := list "DATABASE_URL" "REDIS_URL" "SECRETS_KEY" -}}
{{- if not (index $.Values.secrets $name) -}}
{{- fail (printf "set secrets.%s, or existingSecret with all of them" $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := .Values.secrets }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end -}}

{{/* The path of publicUrl without a slash at its end; "/" at the root. */}}
{{- define "im.path" -}}
{{- $path := (urlParse .Values.publicUrl).path | trimSuffix "/" -}}
{{- default "/" $path -}}
{{- end -}}

{{- define "im.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{/* Environment of a container. @param .root, .role */}}
{{- define "im.env" -}}
- name: PORT
  value: '8080'
- name: PUBLIC_URL
  value: {{ .root.Values.publicUrl | quote }}
{{- range $name, $value := .root.Values.settings }}
- name: {{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- if and .root.Values.wukongimGrpcPort (eq .role "api") }}
- name: WUKONGIM_GRPC_PORT
  value: {{ .root.Values.wukongimGrpcPort | quote }}
{{- end }}
{{- if ne .role "api" }}
# The first admin is the API's.
- name: ADMIN_PASSWORD
  value: ''
{{- end }}
{{- end -}}

{{- define "im.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "im.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "im.volumes" -}}
- name: tmp
  emptyDir: { sizeLimit: 256Mi }
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "im.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A Deployment of a role. @param .root, .role, .script, .values */}}
{{- define "im.deployment" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "im.fullname" $root }}-{{ .role }}
  labels:
    {{- include "im.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- include "im.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  template:
    metadata:
      labels:
        {{- include "im.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .role }}
      annotations:
        # Other secrets start other pods.
        checksum/secrets: {{ $root.Values.secrets | toJson | sha256sum }}
        {{- if $root.Values.metrics.annotations }}
        prometheus.io/scrape: 'true'
        prometheus.io/port: '8080'
        prometheus.io/path: /metrics
        {{- end }}
        {{- with .values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "im.serviceAccountName" $root }}
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
      securityContext:
        {{- include "im.podSecurity" $root | nindent 8 }}
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $root.Values.topologySpread }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "im.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ .role }}
      {{- end }}
      containers:
        - name: {{ .role }}
          image: {{ include "im.image" $root | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          command:
            - node
            - --max-semi-space-size=16
            - --max-old-space-size=1024
            - {{ .script }}
          env:
            {{- include "im.env" . | nindent 12 }}
          envFrom:
            - secretRef: { name: {{ include "im.secretName" $root }} }
          ports:
            - { name: http, containerPort: 8080, protocol: TCP }
            {{- if and $root.Values.wukongimGrpcPort (eq .role "api") }}
            - { name: grpc, containerPort: {{ $root.Values.wukongimGrpcPort }}, protocol: TCP }
            {{- end }}
          # It migrates if that was not done before, so a start may take long.
          startupProbe:
            httpGet: { path: /healthz, port: http }
            periodSeconds: 2
            failureThreshold: 150
          # Alive, not ready: a database that is away must not get the pod restarted.
          livenessProbe:
            httpGet: { path: /healthz, port: http }
            periodSeconds: 10
            timeoutSeconds: 3
            failureThreshold: 3
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 2
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            {{- include "im.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            {{- include "im.volumeMounts" $root | nindent 12 }}
      volumes:
        {{- include "im.volumes" $root | nindent 8 }}
      {{- with .values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
