/** What is said to the process that checks, and what it answers. */
import type { FieldError } from '@im/contracts/problem';
import type { BudgetLeft } from './check-budget.js';

export interface SchemaQuestion {
  id: number;
  /** JSON text. */
  schema: string;
  /** The JSON text of what is to fit it; absent: whether the schema itself can be used. */
  data?: string;
  budget: BudgetLeft;
}

export interface SchemaAnswer {
  id: number;
  faults: FieldError[];
  budget: BudgetLeft;
}
