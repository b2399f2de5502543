import { faceSchema, type Task } from '@facexformer/core';
import { STATUS } from './call-error.js';
import { QUERY_SCHEMA } from './query.js';

/** Raw bytes, which OpenAPI 3.1 describes by their media type alone. */
const BYTES = { contentMediaType: 'application/octet-stream' };

const TEXT = { type: 'string' };
const PIXELS = { type: 'integer', minimum: 1 };

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string', enum: Object.keys(STATUS) }, message: TEXT },
    },
  },
};

/** What each status means on the route of photos. */
const ERRORS = {
  400: 'a wrong parameter, form or task',
  401: 'no bearer token, or a wrong one',
  408: 'the photo took too long to arrive',
  413: 'more bytes than a photo may have',
  415: 'not a photo, or of a format that is not decoded',
  422: 'a broken photo, or one with too many pixels or faces',
  429: 'too many calls: try again after Retry-After seconds',
  500: 'a fault of the server',
  503: 'the server is ending: try again after Retry-After seconds',
};

const content = (type: string, schema: object) => ({ content: { [type]: { schema } } });

/** The route of photos for OpenAPI. */
export const photoSchema = (tasks: readonly Task[]) => ({
  operationId: 'analyze',
  summary: 'Find the faces of a photo and answer every task for each of them',
  querystring: QUERY_SCHEMA,
  body: {
    content: {
      'image/*': { schema: BYTES },
      'application/octet-stream': { schema: BYTES },
      'multipart/form-data': {
        schema: { type: 'object', required: ['photo'], properties: { photo: BYTES } },
      },
    },
  },
  response: {
    200: {
      description: 'the faces, or the picture that "overlay" asks for',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['width', 'height', 'model', 'device', 'faces'],
            properties: {
              width: PIXELS,
              height: PIXELS,
              model: {
                type: 'object',
                required: ['name', 'trained'],
                properties: { name: TEXT, trained: { type: 'boolean' } },
              },
              device: TEXT,
              faces: { type: 'array', items: faceSchema(tasks) },
            },
          },
        },
        'image/png': { schema: BYTES },
      },
    },
    ...Object.fromEntries(
      Object.entries(ERRORS).map(([status, description]) => [
        status,
        { description, ...content('application/json', ERROR) },
      ]),
    ),
  },
});

const STATE = { type: 'object', required: ['status'], properties: { status: TEXT } };

/** The other routes for OpenAPI. */
export const PROBES = {
  health: {
    operationId: 'health',
    summary: 'Whether the process answers',
    security: [],
    response: { 200: { description: 'it does', ...content('application/json', STATE) } },
  },
  ready: {
    operationId: 'ready',
    summary: 'Whether calls are taken in',
    security: [],
    response: {
      200: { description: 'they are', ...content('application/json', STATE) },
      503: { description: 'the server is ending', ...content('application/json', ERROR) },
    },
  },
  metrics: {
    operationId: 'metrics',
    summary: 'Metrics for Prometheus',
    response: { 200: { description: 'its text format', ...content('text/plain', TEXT) } },
  },
} as const;
