import { defineTask } from '../../engine/task.ts';
import { createPipeline } from '../student.ts';
import { executionHead, executionSucceeded } from './executions.ts';
import { observe, reads } from './facts.ts';
import { pipelineBuild, pipelineExists, pipelineSource, pipelineTrigger } from './pipeline.ts';

export default defineTask({
  id: 'task-6',
  title: { ko: '파이프라인 생성', ja: 'パイプラインの作成', en: 'Create the pipeline' },
  needs: ['task-1', 'task-2', 'task-5'],
  reads,
  observe,
  solve: {
    id: 'create-pipeline',
    title: { ko: '파이프라인을 생성한다', ja: 'パイプラインを作成する', en: 'Create the pipeline' },
    play: createPipeline,
  },
  expectations: [pipelineExists, pipelineSource, pipelineTrigger, pipelineBuild, executionSucceeded, executionHead],
  publishes: {
    found: ({ pipeline }) => {
      const [store] = pipeline?.artifactStores ?? [];
      return store === undefined ? {} : { ArtifactBucket: store.bucket };
    },
  },
});
