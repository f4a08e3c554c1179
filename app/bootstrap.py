"""The one place where ports meet their adapters. Dear imports happen inside functions, after the first paint."""
