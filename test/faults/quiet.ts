// n8n's logger prints every error that a node throws, and these tests make thousands. Imported first: it is
// read when n8n-core is loaded.
process.env.N8N_LOG_LEVEL = 'silent';
