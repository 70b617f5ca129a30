import { Destination, destinationFacts, destinationNames } from '#shared/model/convert'
import type { IdentityDetail } from '#shared/model/identity'

export interface Place {
  value: Destination
  label: string
}

/** Where this certificate can go with what is here of it. */
export const placesFor = ({ certificate, summary }: IdentityDetail): Place[] =>
  Destination.options
    .filter((destination) => {
      const { needs } = destinationFacts[destination]
      const hasCertificate = needs === 'key' || certificate !== null
      const hasKey = needs === 'certificate' || summary.keyInVault
      return hasCertificate && hasKey
    })
    .map((value) => ({ value, label: destinationNames[value] }))
