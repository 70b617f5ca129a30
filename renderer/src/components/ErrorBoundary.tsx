import { Box } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { recordBug } from '../bugs'
import { ErrorNotice } from './ErrorNotice'

interface State {
  error: unknown
}

/** An exception on one screen leaves the rest of the window usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override componentDidCatch(error: unknown): void {
    recordBug(error)
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <Box p="xl" maw={640}>
        <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </Box>
    )
  }
}
