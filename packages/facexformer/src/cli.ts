#!/usr/bin/env node
import { runCommand } from '@facexformer/cli';

await runCommand();
