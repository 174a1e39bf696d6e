/** Defines the messages to and from the process that checks. */
import type { FieldError } from '@im/contracts/problem';
import type { BudgetLeft } from './check-budget.js';

export interface SchemaQuestion {
  id: number;
  /** JSON text. */
  schema: string;
  /** The JSON text of the value; absent: the schema itself is checked. */
  data?: string;
  budget: BudgetLeft;
}

export interface SchemaAnswer {
  id: number;
  faults: FieldError[];
  budget: BudgetLeft;
}
