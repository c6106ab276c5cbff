"""What the database itself refuses once a poll is open: its rules stand."""

from collections.abc import Sequence

import pgtrigger


def frozen_columns(name: str, columns: Sequence[str], free: Sequence[str]) -> pgtrigger.Trigger:
    """Refuse to change `columns` of a poll whose state is not among `free`; from raw SQL too."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    states = ", ".join(f"'{state}'" for state in free)
    func = f"""
        IF OLD.state NOT IN ({states}) AND ({changed}) THEN
            RAISE EXCEPTION 'rules of % % are frozen', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Update, func=func)


def frozen_rows(
    name: str, free: Sequence[str], operation: pgtrigger.Operation | pgtrigger.Operations
) -> pgtrigger.Trigger:
    """Refuse the operation on rows of a poll (column poll_id) whose state is not among `free`."""
    states = ", ".join(f"'{state}'" for state in free)
    func = f"""
        DECLARE
            polls bigint[];
        BEGIN
            IF TG_OP = 'INSERT' THEN
                polls := ARRAY[NEW.poll_id];
            ELSIF TG_OP = 'DELETE' THEN
                polls := ARRAY[OLD.poll_id];
            ELSE
                polls := ARRAY[OLD.poll_id, NEW.poll_id];
            END IF;
            IF EXISTS (SELECT 1 FROM voting_poll WHERE id = ANY(polls) AND state NOT IN ({states})) THEN
                RAISE EXCEPTION '% of % is refused: the poll is open or over', TG_OP, TG_TABLE_NAME
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END;
    """  # noqa: S608  states are those of an enum
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=operation, func=func)
