export declare function updateFeed(): { url: string; publicKey: string }
